"""Fitting BG/NBD and MBG/NBD: scale, climb, undo the scale."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from retention.errors import FitError
from retention.models.beta_geometric_fit import FIRST_CHANCES, BetaGeometricFit
from retention.models.dropout import BetaDropout
from retention.models.dropout_limits import SameDropout, SplitDropout, SureDropout
from retention.models.estimates import Quality
from retention.models.history import FloatArray, History, compress_customers
from retention.models.likelihood import order_likelihood
from retention.models.nested import Candidate, Family, OrderModel, fit_nested
from retention.models.order_fit import check_time_unit
from retention.models.saved_fit import as_matrix

# The surface can have two peaks: slow buyers of whom few leave, and quick ones of whom most do.
_DROPOUTS = (
    Family(BetaDropout.at, ((-1.0, 0.5), (1.0, 0.0))),
    Family(SameDropout.at, ((-1.0,), (1.0,))),
    Family(SplitDropout.at, ((-1.0,), (1.0,))),
    Family(lambda _: SureDropout(0.0), ((), ())),
    Family(lambda _: SureDropout(1.0), ((), ())),
)


def fit_beta_geometric(
    customers: pd.DataFrame, *, model: str, time_unit_days: float
) -> BetaGeometricFit:
    """The maximum likelihood fit; see `fit_bg_nbd` and `fit_mbg_nbd`, which call this.

    Time is counted in mean T while searching, so that the unit of the input changes nothing.
    """
    unit = check_time_unit(time_unit_days)
    history = compress_customers(customers)
    _refuse_hopeless(history)
    scale = float(np.average(history.T, weights=history.customers))
    likelihood = partial(order_likelihood, first_chances=FIRST_CHANCES[model])
    found = fit_nested(history.scaled(scale), OrderModel(_DROPOUTS, likelihood))
    return as_fit(found, history, scale=scale, model=model, time_unit_days=unit)


def as_fit(
    found: Candidate, history: History, *, scale: float, model: str, time_unit_days: float
) -> BetaGeometricFit:
    """What was found in scaled time, in the unit of the input.

    Each repeat purchase is a density in time: the likelihood changes by log(scale) for each.
    """
    maximum, rate = found.maximum, found.rate.in_unit(scale)
    log_likelihood = maximum.value - np.log(scale) * (history.customers @ history.frequency)
    jacobian = _blocks(rate.jacobian(), found.dropout.jacobian())
    return BetaGeometricFit(
        model=model,
        rate=rate,
        dropout=found.dropout,
        covariance=as_matrix(jacobian @ maximum.covariance() @ jacobian.T),
        quality=Quality(
            log_likelihood=float(log_likelihood),
            decrement=maximum.decrement,
            customers=float(history.customers.sum()),
            distinct_rows=history.customers.size,
        ),
        time_unit_days=time_unit_days,
    )


def _refuse_hopeless(history: History) -> None:
    """Without a repeat purchase, or without time to make one, nothing can be learned."""
    customers = history.customers.sum()
    if not history.frequency.any():
        raise FitError(
            f"customers: none of {customers:,.0f} customers has a second purchase day, so neither "
            "how often nor how long they buy can be estimated. See customers['frequency']. "
            "Pass a longer history, or check that one customer has one id."
        )
    if history.customers.size == 1 and customers == 1:
        raise FitError(
            "customers: 1 customer is not enough to say how customers differ. "
            "See customers[['frequency', 'recency', 'T']]. Pass at least a few dozen."
        )


def _blocks(first: FloatArray, second: FloatArray) -> FloatArray:
    """The two matrices along the diagonal."""
    size = len(first) + len(second)
    joined = np.zeros((size, size))
    joined[: len(first), : len(first)] = first
    joined[len(first) :, len(first) :] = second
    return joined
