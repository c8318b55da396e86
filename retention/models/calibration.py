"""Customers by what was expected of them, and what came."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, choose
from retention.models.cut import Cut, cut_at
from retention.models.cuts import choose_cuts
from retention.models.history import FloatArray
from retention.models.order_fit import check_horizon
from retention.models.order_models import FITS, ModelName
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.repeatable import repeatable
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    (
        "decile", "customers", "expected_orders_mean", "actual_orders_mean", "p_order_mean",
        "returned_rate", "low", "high",
    )
)  # fmt: skip
DECILES = 10


@repeatable
def calibration(
    orders: Orders | pd.DataFrame,
    *,
    model: ModelName = "mbg_nbd",
    holdout_days: int = 90,
    cut: str | date | pd.Timestamp | None = None,
    as_of: As_of = None,
) -> pd.DataFrame:
    """Compare what a model expected of customers at a past cut with what came, by tenths.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    model : "mbg_nbd", "bg_nbd", "pareto_nbd" or "mbg_cnbd_k"
        Fitted to what was known at the cut.
    holdout_days : int, days
    cut : date, default one horizon before the as-of date
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per tenth of the customers, those of whom least was expected first
        decile (int64, 1..10; equal customers stay together, so tenths may differ in size or be
        missing), customers (int64), expected_orders_mean, actual_orders_mean (float64, purchase days a
        customer), p_order_mean (float64, 0..1, mean chance of an order), returned_rate (float64, 0..1,
        share who ordered), low, high (float64, 95 % of it, Wilson).

    Raises
    ------
    ArgumentError
        If the cut leaves no history or a horizon that is not over.
    FitError
        If the model cannot be fitted at the cut.

    Notes
    -----
    The trap: a model can be right on the whole and wrong at both ends; the highest tenth is the one
    that campaigns are made for.

    Examples
    --------
    >>> from retention import simulate_orders
    >>> table = calibration(simulate_orders(customers=600, days=365, random_state=1), holdout_days=60)
    >>> bool(table["expected_orders_mean"].is_monotonic_increasing)
    True
    """
    choose("model", model, tuple(FITS))
    given = given_orders(orders, as_of)
    horizon = check_horizon(holdout_days, "holdout_days")
    days = choose_cuts(given, 1 if cut is None else [cut], holdout_days=horizon)
    found = cut_at(given, days[0], horizon_days=horizon)
    label, fit = FITS[model]
    look = fit(found.customers).outlook(found.history, horizon_days=horizon)
    table = _by_decile(found, look.expected_orders, look.p_order)
    day = f"{found.day:%Y-%m-%d}"
    return caption(
        table, "calibration", given, customers=int(found.weights.sum()),
        model=label, holdout_days=horizon, cut=day,
    )  # fmt: skip


def _by_decile(cut: Cut, expected: FloatArray, p_order: FloatArray) -> pd.DataFrame:
    weights = cut.weights
    if not weights.size:
        raise ArgumentError("cut: 0 customers had bought by then. Pass a later cut.")
    rows = pd.DataFrame(
        {
            "decile": _deciles(cut, expected),
            "customers": weights,
            "expected_orders_mean": weights * expected,
            "actual_orders_mean": weights * cut.actual,
            "p_order_mean": weights * p_order,
            "returned": weights * (cut.actual > 0),
        }
    )
    table = rows.groupby("decile", as_index=False).sum()
    means = ["expected_orders_mean", "actual_orders_mean", "p_order_mean"]
    table[means] = table[means].div(table["customers"], axis=0)
    table["returned_rate"] = table["returned"] / table["customers"]
    table["low"], table["high"] = wilson_interval(table["returned"], table["customers"])
    return table[list(COLUMNS)].astype({name: GLOSSARY[name].dtype for name in COLUMNS})


def _deciles(cut: Cut, expected: FloatArray) -> FloatArray:
    """The tenth of each cell: customers of one history stay together, whatever they did afterwards."""
    history = ["frequency", "recency", "T"]
    cells = cut.cells[history].assign(expected=expected, weight=cut.weights)
    one = cells.groupby(history).agg(expected=("expected", "first"), weight=("weight", "sum"))
    one = one.sort_values("expected", kind="stable")
    middle = one["weight"].cumsum() - one["weight"] / 2
    tenth = np.floor(middle / one["weight"].sum() * DECILES).clip(upper=DECILES - 1) + 1
    return cells.join(tenth.rename("decile"), on=history)["decile"].to_numpy(np.float64)
