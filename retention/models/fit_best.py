"""The order model that forecast best so far, fitted to everything that is known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from retention.errors import FitError
from retention.models.backtest import backtest
from retention.models.mbg_cnbd_k import fit_mbg_cnbd_k
from retention.models.order_fit import OrderFit
from retention.models.order_models import DEFAULT, FITS, ModelName, model_names
from retention.models.verdict import best_model
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.customer_summary import customer_summary


def fit_best(
    orders: Orders | pd.DataFrame,
    *,
    models: Sequence[ModelName] = DEFAULT,
    holdout_days: int = 90,
    cuts: int = 3,
    as_of: As_of = None,
) -> OrderFit:
    """Fit the model that `backtest` ranks first, over the customers of all cuts.

    MBG/CNBD-k joins the candidates where the gaps are more even than at random: where its likelihood
    is highest with k above 1.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    models : list of "mbg_nbd", "bg_nbd", "pareto_nbd", "mbg_cnbd_k"
    holdout_days : int, days
    cuts : int
        As in `backtest`.
    as_of : date, default the orders' own

    Returns
    -------
    OrderFit
        As `fit_mbg_nbd` returns it, of the customers at `as_of`. Call `backtest` to see by how much it
        won, and whether a simple rule does better than any model.

    Raises
    ------
    ArgumentError
        If a cut leaves no history or a horizon that is not over.
    FitError
        If no model can be fitted at any cut.

    Notes
    -----
    The trap: best is not good. Look at `backtest(orders)` for what its numbers were worth.

    Examples
    --------
    >>> from retention import simulate_orders
    >>> orders = simulate_orders(customers=500, days=365, random_state=1)
    >>> fit_best(orders, models=["mbg_nbd", "bg_nbd"], holdout_days=60, cuts=1).model
    'MBG/NBD'
    """
    given = given_orders(orders, as_of)
    customers = customer_summary(given)
    names: list[ModelName] = list(model_names(models))
    if "mbg_cnbd_k" not in names and fit_mbg_cnbd_k(customers).k > 1:
        names.append("mbg_cnbd_k")
    table = backtest(given, models=names, holdout_days=holdout_days, cuts=cuts)
    judged = table[~table["is_baseline"] & table["log_score"].notna()]
    if judged.empty:
        reasons = table.loc[~table["is_baseline"], "reason"].unique()
        raise FitError(f"models: none of {len(names)} could be fitted at any cut. {reasons[0]}")
    labels = dict(FITS.values())
    fit: OrderFit = labels[best_model(judged)](customers)
    return fit
