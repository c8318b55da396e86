"""One row per customer: counts, ages and money."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from retention.engine.customer_grain import customers
from retention.engine.frames import to_frame
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption, name_missing
from retention.tables.repeatable import repeatable
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(
    (
        "customer_id", "orders", "purchase_days", "frequency", "recency", "T", "monetary_value",
        "average_order_value", "total_value", "first_order_at", "last_order_at",
        "days_since_last_order", "paid_days", "paid_value", "last_gap_days", "log_gaps",
    )
)  # fmt: skip


@repeatable
def customer_summary(
    orders: Orders | pd.DataFrame, *, as_of: As_of = None, by: str | list[str] | None = None
) -> pd.DataFrame:
    """Count what each customer did by `as_of`.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
        Last day of the observation; may lie earlier, never later.
    by : str or list of str
        Attributes of the first order, in front of the result under their own names.

    Returns
    -------
    DataFrame, one row per customer with at least one purchase day, sorted by customer_id
        customer_id (str), orders (int64), purchase_days (int64, days), frequency (int64, repeat
        purchase days), recency (int64, days from first to last purchase day), T (int64, days from
        the first purchase day to as_of), monetary_value (float64, mean net amount per repeat purchase
        day; null where frequency is 0, never 0), average_order_value (float64, first order
        included), total_value (float64, net), first_order_at, last_order_at (datetime64[us], local),
        days_since_last_order (int64), paid_days (int64) and paid_value (float64, repeat purchase
        days with an amount above 0 and their mean), last_gap_days (Int64, null without a repeat), log_gaps
        (float64, sum of the natural logs of the gaps in days: how even they are; 0 without a repeat).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, or `by` names no attribute.

    Notes
    -----
    The trap: two orders on one day are one purchase day, so frequency may be less than orders - 1.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 5.0, 7.0],
    ... })
    >>> customer_summary(orders, as_of="2024-01-11")[
    ...     ["customer_id", "frequency", "recency", "T", "monetary_value"]]
      customer_id  frequency  recency   T  monetary_value
    0           a          1       10  10            25.0
    1           b          0        0   6             NaN
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    return name_missing(summary_columns(given, (*names, *COLUMNS), by=names), names)


def summary_columns(
    orders: Orders, columns: Sequence[str], *, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Some columns of `customer_summary`, for who needs no more: the engine makes these only.

    Examples
    --------
    >>> from retention.orders.read import read_orders
    >>> lines = pd.DataFrame({
    ...     "order_id": ["1", "2", "3"],
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> summary_columns(read_orders(lines), ["customer_id", "frequency"])
      customer_id  frequency
    0           a          1
    1           b          0
    """
    rows = customers(orders.orders, as_of_day=day_number(orders.as_of), by=by)
    frame = to_frame(rows.order_by("customer_id"), columns)
    return caption(frame, "customer_summary", orders, customers=len(frame))
