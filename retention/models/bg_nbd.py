"""The BG/NBD model of repeat orders."""

from __future__ import annotations

import pandas as pd

from retention.models.beta_geometric import fit_beta_geometric
from retention.models.beta_geometric_fit import BetaGeometricFit


def fit_bg_nbd(customers: pd.DataFrame, *, time_unit_days: float = 1) -> BetaGeometricFit:
    """Fit the BG/NBD model: customers buy at random at their own rate, and may leave at a repeat.

    The trap: it says P(alive) = 1 for every one-time buyer, since nobody can leave before the
    first repeat purchase. Use `fit_mbg_nbd` unless you compare with published BG/NBD numbers.

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
    Fader, Hardie, Lee (2005), "Counting your customers" the easy way: an alternative to the
    Pareto/NBD model, Marketing Science 24 (2), 275-284.

    Examples
    --------
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> fit = fit_bg_nbd(customers)
    >>> fit.summary()[["model", "customers", "is_converged"]]
        model  customers  is_converged
    0  BG/NBD          5          True
    """
    return fit_beta_geometric(customers, model="BG/NBD", time_unit_days=time_unit_days)
