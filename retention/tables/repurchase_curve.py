"""When they come back: the share with a second purchase day, by days since the first."""

from __future__ import annotations

import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.tables.kaplan_meier import MIN_AT_RISK, kaplan_meier
from retention.tables.repurchase_intervals import repurchase_intervals

COLUMNS = check_columns(
    ("order_number", "gap_days", "at_risk", "events", "censored", "p_returned", "low", "high")
)


def repurchase_curve(
    orders: Orders | pd.DataFrame,
    *,
    as_of: As_of = None,
    by: str | list[str] | None = None,
    min_at_risk: int = MIN_AT_RISK,
) -> pd.DataFrame:
    """Estimate the share of customers back within d days of the first purchase.

    Customers who have not come back yet count for as long as they were observed (Kaplan-Meier).

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order.
    min_at_risk : int
        The curve ends where fewer customers are still observed and not yet back.

    Returns
    -------
    DataFrame, one row per (group, day), from day 0 on
        by (str), order_number (int64, 1: the gap after the first purchase), gap_days (int64, days),
        at_risk, events, censored (int64, customers), p_returned (float64, 0..1, back within
        gap_days), low, high (float64, 95 %, Greenwood on the log-log scale).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, or `by` names no attribute.

    Notes
    -----
    The trap: counting only those who came back makes the wait look short, and counting everyone else
    as lost makes the rate look low; in one population 36.0 % return within 180 days, and the naive
    count says 27.5 %.

    References
    ----------
    Kaplan and Meier (1958), Nonparametric estimation from incomplete observations.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-01", "2024-01-03"]),
    ...     "amount": [10.0, 20.0, 7.0, 5.0],
    ... })
    >>> curve = repurchase_curve(orders, as_of="2024-01-04", min_at_risk=1)
    >>> curve[["gap_days", "at_risk", "events", "censored", "p_returned"]]
       gap_days  at_risk  events  censored  p_returned
    0         0        3       0         0         0.0
    1         1        3       0         1         0.0
    2         2        2       1         0         0.5
    3         3        1       0         1         0.5
    """
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    require_number("min_at_risk", min_at_risk, is_whole=True)
    if min_at_risk < 1:
        raise ArgumentError(f"min_at_risk: {min_at_risk} is not a number of customers from 1 on.")
    gaps = repurchase_intervals(given, by=by)
    first = gaps[gaps["order_number"] == 1]
    groups = list(first.groupby(list(names))) if names and len(first) else [(names, first)]
    curves = [
        kaplan_meier(group, min_at_risk=min_at_risk).assign(
            order_number=1, **{name: str(value) for name, value in zip(names, key, strict=True)}
        )
        for key, group in groups
    ]
    curve = pd.concat(curves, ignore_index=True)[[*names, *COLUMNS]]
    curve = curve.astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    curve.attrs = gaps.attrs | {
        "definition": "repurchase_curve",
        "call": "repurchase_curve(orders)",
    }
    return curve
