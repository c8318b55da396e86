"""Histories of made-up customers who behave as a model says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from retention.kinds import as_seed
from retention.models.attrition import GammaAttrition, SameAttrition
from retention.models.dropout import BetaDropout
from retention.models.dropout_limits import SplitDropout
from retention.models.history import FloatArray, IntArray
from retention.models.number_columns import number_columns
from retention.models.purchase_rate import GammaRate
from retention.names import check_columns

COLUMNS = check_columns(("customer_id", "frequency", "recency", "T"))


def simulated_histories(
    rate: Any,
    leaving: Any,
    T: FloatArray,
    *,
    first_chances: int,
    random: np.random.Generator,
    k: int = 1,
) -> tuple[IntArray, FloatArray]:
    """Frequency and recency of one customer for each age.

    Parameters
    ----------
    rate, leaving
        How they buy and leave: at a purchase (a dropout), or at any time (an attrition).
    T
        Their ages, in the unit of the rate.
    first_chances
        Whether they can leave at the first purchase (1) or not (0); for a dropout only.
    random
        Where chance comes from.
    k
        Of the events that come at the rate, every k-th is a purchase; for a dropout only.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> from retention.models.dropout_limits import SureDropout
    >>> never = SureDropout(0.0)
    >>> x, t = simulated_histories(
    ...     GammaRate(5.0, 50.0), never, np.full(1000, 60.0), first_chances=0, random=random
    ... )
    >>> bool(5 < x.mean() < 7), bool((t <= 60).all())
    (True, True)
    """
    pace = _paces(rate, T.size, random)
    if isinstance(leaving, (GammaAttrition, SameAttrition)):
        until = np.minimum(T, random.exponential(size=T.size) / _hazards(leaving, T.size, random))
        x = random.poisson(pace * until)
        return x, _latest(x, x, until, random)
    events = random.poisson(pace * T)
    most = _purchases_until_leaving(leaving, T.size, random) - first_chances
    x = np.minimum(events // k, most).astype(np.int64)
    return x, _latest(k * x, events, T, random)


def simulated_customers(fit: Any, customers: pd.DataFrame, *, random_state: int) -> pd.DataFrame:
    """The table of `fit.simulate`, for any fitted order model.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> made_up = fit_mbg_nbd(customers).simulate(customers, random_state=1)
    >>> made_up["T"].tolist()
    [80.0, 60.0, 70.0, 75.0, 72.0]
    """
    T = number_columns(customers, ("T",))["T"].to_numpy()
    frequency, recency = fit.draw(T, np.random.default_rng(as_seed(random_state)))
    ids = customers["customer_id"] if "customer_id" in customers else pd.Series(range(len(T)))
    return pd.DataFrame(
        {
            "customer_id": ids.astype("str").array,
            "frequency": frequency,
            "recency": recency,
            "T": T,
        }
    )


def _paces(rate: Any, size: int, random: np.random.Generator) -> FloatArray:
    if isinstance(rate, GammaRate):
        return random.gamma(rate.r, 1.0 / rate.alpha, size)
    return np.full(size, float(rate.rate))


def _hazards(leaving: Any, size: int, random: np.random.Generator) -> FloatArray:
    if isinstance(leaving, GammaAttrition):
        # So small a hazard that the time until leaving is no number is the smallest one.
        hazards = random.gamma(leaving.s, 1.0 / leaving.beta, size)
        return np.maximum(hazards, np.finfo(float).tiny)
    return np.full(size, float(leaving.mu))


def _purchases_until_leaving(leaving: Any, size: int, random: np.random.Generator) -> FloatArray:
    """Which chance to leave is taken, from 1 on; infinite for those who never leave."""
    if isinstance(leaving, BetaDropout):
        p = random.beta(leaving.a, leaving.b, size)
    elif isinstance(leaving, SplitDropout):
        p = (random.uniform(size=size) < leaving.share).astype(np.float64)
    else:
        p = np.full(size, float(leaving.p))
    patience = random.exponential(size=size)
    with np.errstate(divide="ignore"):
        # No chance at all: endless patience; a sure one: none.
        return np.asarray(1.0 + np.floor(patience / -np.log1p(-p)))


def _latest(
    x: IntArray, bought: IntArray, until: FloatArray, random: np.random.Generator
) -> FloatArray:
    """When the x-th of so many purchases came, which are spread evenly until then."""
    some = x > 0
    share = np.zeros(x.size)
    share[some] = random.beta(x[some], bought[some] - x[some] + 1.0)
    return share * until
