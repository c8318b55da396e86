"""Who is about to leave: the chance of no order, beside what is usual for the same customer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_columns
from retention.models.gamma_gamma_fit import GammaGammaFit
from retention.models.given_fits import require_fit, require_spend_fit
from retention.models.history import NEEDED, FloatArray, compress_customers
from retention.models.number_columns import HINT
from retention.models.order_fit import OrderFit, check_horizon
from retention.models.paid_days import paid_days
from retention.models.risk_words import bands, reasons
from retention.names import check_columns
from retention.orders.columns.given import given_orders
from retention.orders.orders import Orders
from retention.tables.customer_summary import summary_columns
from retention.tables.lapse_thresholds import lapse_thresholds
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "customer_id",
        "p_no_order",
        "p_alive",
        "p_order_if_just_bought",
        "days_since_last_order",
        "usual_gap_days",
        "overdue_ratio",
        "band",
        "value_at_risk",
        "reason",
        "horizon_days",
    )
)
OF_CUSTOMERS = ("customer_id", "days_since_last_order")
# A season: shorter horizons call most customers of most shops lost.
SHORTEST_DAYS = 90


@repeatable
def churn_risk(
    orders: Orders | pd.DataFrame,
    fit: OrderFit,
    *,
    horizon_days: int | None = None,
    spend_fit: GammaGammaFit | None = None,
) -> pd.DataFrame:
    """Each customer's chance of no order within the horizon, and of one had they just bought.

    The trap: a slow buyer always has a high chance of no order. What calls for action is the fall
    from `p_order_if_just_bought` to 1 - `p_no_order`: only that is due to the silence, and the band and
    the value at risk rest on it.

    Parameters
    ----------
    orders
        `Orders`, or a DataFrame with our column names; or what `customer_summary` returned, which
        saves counting the customers once more, but needs `horizon_days`.
    fit
        A fitted order model (`fit_mbg_nbd`), in whatever unit of time. BG/NBD calls every one-time
        buyer alive.
    horizon_days
        How far to look ahead from the as-of date; by default the at-risk threshold of
        `choose_lapse`, but at least 90.
    spend_fit
        A fitted `fit_gamma_gamma`; without it no value is at risk.

    Returns
    -------
    pandas.DataFrame
        Grain: customer, in the order of `customer_summary`. Columns: customer_id (str), p_no_order,
        p_alive, p_order_if_just_bought (float64, 0..1), days_since_last_order (int64, days),
        usual_gap_days (float64, days), overdue_ratio (float64, days since over usual gap), band (str:
        how much of the chance of an order silence has taken, low: less than a fifth, medium: less
        than half, high: less than four fifths, gone: more), value_at_risk (float64, currency: the
        expected net amount within the horizon that silence has taken; null without `spend_fit` or
        where it is not estimated), reason (str, one sentence), horizon_days (int64, days).

    Raises
    ------
    ArgumentError
        Where the horizon cannot be used, or is missing with a table of customers.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> from retention.tables.customer_summary import customer_summary
    >>> orders = pd.DataFrame(
    ...     {
    ...         "customer_id": ["an", "an", "an", "ba", "ba", "co"],
    ...         "ordered_at": pd.to_datetime(
    ...             ["2024-01-01", "2024-01-21", "2024-03-31"]
    ...             + ["2024-01-01", "2024-01-21", "2024-02-10"]
    ...         ),
    ...         "amount": [9.0, 5.0, 7.0, 3.0, 8.0, 6.0],
    ...     }
    ... )
    >>> fit = fit_mbg_nbd(customer_summary(orders))

    Three repeat purchases in 230 days of three customers who are alike: 230 / 3 days are usual, and in
    90 days nobody orders in exp(-90 * 3 / 230) of cases.

    >>> risk = churn_risk(orders, fit, horizon_days=90).round(2)
    >>> risk[["customer_id", "p_no_order", "days_since_last_order", "usual_gap_days", "overdue_ratio"]]
      customer_id  p_no_order  days_since_last_order  usual_gap_days  overdue_ratio
    0          an        0.31                      0           76.67           0.00
    1          ba        0.31                     70           76.67           0.91
    2          co        0.31                     50           76.67           0.65
    """
    require_fit(fit)
    require_spend_fit(spend_fit, is_optional=True)
    customers, horizon = _asked(orders, horizon_days, spend_fit)
    table = customer_risk(customers, fit, horizon_days=horizon, spend_fit=spend_fit)
    table.attrs = {
        "definition": "churn_risk",
        "parameters": {"horizon_days": horizon, "model": fit.model},
        "as_of": customers.attrs.get("as_of"),
        "customers": len(table),
        "currency": customers.attrs.get("currency"),
    }
    return table


def _asked(
    orders: Orders | pd.DataFrame, horizon_days: int | None, spend_fit: GammaGammaFit | None
) -> tuple[pd.DataFrame, int]:
    """The customers with what is needed of them, and how far to look ahead."""
    if isinstance(orders, pd.DataFrame) and {*NEEDED} <= {*orders.columns}:
        if horizon_days is None:
            raise ArgumentError(
                f"horizon_days: a table of {len(orders):,} customers does not say after how much "
                "silence somebody is at risk. Pass horizon_days=90, or the orders instead."
            )
        return orders, check_horizon(horizon_days)
    given = given_orders(orders, None)
    horizon = _default_horizon(given) if horizon_days is None else check_horizon(horizon_days)
    columns = (*OF_CUSTOMERS, *NEEDED, *(("paid_days", "paid_value") if spend_fit else ()))
    return summary_columns(given, columns), horizon


def customer_risk(
    customers: pd.DataFrame,
    fit: OrderFit,
    *,
    horizon_days: int,
    spend_fit: GammaGammaFit | None = None,
) -> pd.DataFrame:
    """The table of `churn_risk` from a table of customers, times in days.

    "Just bought" is the same customer, as old and as frequent, with the last purchase today.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {
    ...         "customer_id": ["an", "ba", "co", "du", "em"],
    ...         "frequency": [0, 1, 2, 7, 0],
    ...         "recency": [0, 9, 40, 72, 0],
    ...         "T": [80, 70, 75, 72, 60],
    ...         "days_since_last_order": [80, 61, 35, 0, 60],
    ...     }
    ... )
    >>> risk = customer_risk(customers, fit_mbg_nbd(customers), horizon_days=90)
    >>> fall = risk["p_order_if_just_bought"] - (1 - risk["p_no_order"])
    >>> risk["customer_id"][fall.round(9) == 0].tolist()
    ['du']
    """
    require_columns("customers", customers, OF_CUSTOMERS, HINT)
    history = compress_customers(customers).scaled(fit.time_unit_days)
    now = fit.outlook(history, horizon_days=horizon_days)
    just_bought = fit.outlook(history.just_bought(), horizon_days=horizon_days)
    row = history.row
    gap = fit.usual_gap_days(history)[row]
    silence = customers["days_since_last_order"].to_numpy("int64")
    lost = just_bought.expected_orders[row] - now.expected_orders[row]
    value, is_endless = _value(customers, spend_fit, np.maximum(lost, 0.0))
    found = {
        "customer_id": customers["customer_id"].astype("str").array,
        "p_no_order": 1.0 - now.p_order[row],
        "p_alive": now.p_alive[row],
        "p_order_if_just_bought": just_bought.p_order[row],
        "days_since_last_order": silence,
        "usual_gap_days": gap,
        "overdue_ratio": silence / gap,
        "band": pd.array(bands(now.p_order, just_bought.p_order), dtype="str").take(row),
        "value_at_risk": value,
        "horizon_days": np.full(row.size, horizon_days),
    }
    # Far fewer sentences than customers: those of one history are written once.
    same = pd.factorize((row * (int(silence.max()) + 1) + silence) * 2 + is_endless)[0]
    first = np.unique(same, return_index=True)[1]
    few = pd.DataFrame({name: column[first] for name, column in found.items()})
    words = reasons(few, customers["frequency"].to_numpy()[first], is_endless[first])
    found["reason"] = pd.array(words, dtype="str").take(same)
    return pd.DataFrame({name: found[name] for name in COLUMNS}, copy=False)


def _value(
    customers: pd.DataFrame, spend_fit: GammaGammaFit | None, orders: FloatArray
) -> tuple[FloatArray, Any]:
    """What these orders would have brought, and for whom that is not known although asked for."""
    if spend_fit is None:
        return np.full(len(customers), np.nan), np.zeros(len(customers), dtype=bool)
    paid = paid_days(customers)
    days, value = (paid[name].to_numpy(np.float64) for name in ("paid_days", "paid_value"))
    mean = spend_fit.spend.conditional_mean(days, value)
    endless = ~np.isfinite(mean)
    return orders * np.where(endless, np.nan, mean), endless


def _default_horizon(orders: Orders) -> int:
    """The silence after which customers are at risk, but no less than a season."""
    try:
        return max(SHORTEST_DAYS, lapse_thresholds(orders, None, None).at_risk)
    except ArgumentError:
        # Nobody has come back, so silence says nothing yet.
        return SHORTEST_DAYS
