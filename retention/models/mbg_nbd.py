"""The MBG/NBD model of repeat orders."""

from __future__ import annotations

import pandas as pd

from retention.models.beta_geometric import fit_beta_geometric
from retention.models.beta_geometric_fit import BetaGeometricFit


def fit_mbg_nbd(customers: pd.DataFrame, *, time_unit_days: float = 1) -> BetaGeometricFit:
    """Fit the MBG/NBD model, the default: customers may leave at any purchase, the first included.

    The trap: silence is judged by each customer's own pace, so a slow buyer may be active after a
    year; P(alive) is an estimate under the model, not something that is ever seen.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it; only frequency, recency and T are
        used. A column `customers` says how many customers a row stands for.
    time_unit_days
        Days in one unit of recency and T: 1 for a table in days, 7 for one in weeks.

    Returns
    -------
    BetaGeometricFit
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
    Batislam, Denizel, Filiztekin (2007), Empirical validation and comparison of models for customer
    base analysis, International Journal of Research in Marketing 24 (3), 201-209; Wagner, Hoppe
    (2008), Erratum on the MBG/NBD model, same journal 25 (3), 225-226.

    Examples
    --------
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> fit = fit_mbg_nbd(customers)
    >>> fit.summary()[["model", "customers", "is_converged"]]
         model  customers  is_converged
    0  MBG/NBD          5          True
    """
    return fit_beta_geometric(customers, model="MBG/NBD", time_unit_days=time_unit_days)
