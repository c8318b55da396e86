"""The Pareto/NBD model of repeat orders."""

from __future__ import annotations

import pandas as pd

from retention.models.attrition import GammaAttrition, SameAttrition
from retention.models.dropout_limits import SplitDropout, SureDropout
from retention.models.nested import Family, OrderModel
from retention.models.order_fit import check_time_unit
from retention.models.pareto_fit import ParetoFit
from retention.models.pareto_likelihood import pareto_likelihood
from retention.models.scaled_fit import fit_scaled

_LEAVINGS = (
    Family(GammaAttrition.at, ((-0.5, 0.0), (0.7, -0.7))),
    Family(SameAttrition.at, ((-0.5,), (0.7,))),
    Family(SplitDropout.at, ((-1.0,), (1.0,))),
    Family(lambda _: SureDropout(0.0), ((), ())),
)


def fit_pareto_nbd(customers: pd.DataFrame, *, time_unit_days: float = 1) -> ParetoFit:
    """Fit the Pareto/NBD model: customers buy at their own rate, and may leave at any time.

    The trap: its two parameters of leaving are often known only together; look at their standard
    errors, and trust P(alive) and orders ahead rather than a single parameter.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it; only frequency, recency and T are
        used. A column `customers` says how many customers a row stands for.
    time_unit_days
        Days in one unit of recency and T: 1 for a table in days, 7 for one in weeks.

    Returns
    -------
    ParetoFit
        With `.parameters()`, `.summary()`, `.sentence()`, `.predict(customers)`. A parameter at its
        limit is no failure: the nested model is fitted, and `limit` in the summary names it.

    Raises
    ------
    ArgumentError
        Where the table contradicts itself.
    FitError
        Where nobody bought twice, or no maximum exists.

    References
    ----------
    Schmittlein, Morrison, Colombo (1987), Counting your customers: who are they and what will they
    do next?, Management Science 33 (1), 1-24; Fader, Hardie (2005), A note on deriving the Pareto/NBD
    model and related expressions.

    Examples
    --------
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> fit = fit_pareto_nbd(customers)
    >>> fit.summary()[["model", "customers", "is_converged"]]
            model  customers  is_converged
    0  Pareto/NBD          5          True
    """
    unit = check_time_unit(time_unit_days)
    found = fit_scaled(customers, OrderModel(_LEAVINGS, pareto_likelihood))
    return ParetoFit("Pareto/NBD", **found._asdict(), time_unit_days=unit)
