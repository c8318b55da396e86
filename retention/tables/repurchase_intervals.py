"""Time between purchases, the open gaps included."""

from __future__ import annotations

import pandas as pd

from retention.engine.frames import to_frame
from retention.engine.gap_grain import gap_counts
from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.caption import caption, name_missing
from retention.tables.repeatable import repeatable
from retention.tables.taken_names import refuse_taken

COLUMNS = check_columns(("order_number", "gap_days", "is_censored", "customers"))


@repeatable
def repurchase_intervals(
    orders: Orders | pd.DataFrame, *, as_of: As_of = None, by: str | list[str] | None = None
) -> pd.DataFrame:
    """Count gaps between successive purchase days, closed and still open.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order.

    Returns
    -------
    DataFrame, one row per (group, order_number, gap_days, is_censored)
        by (str), order_number (int64, the purchase day the gap starts from, 1..), gap_days (int64,
        days; at least 1 where closed), is_censored (bool; still open at as_of), customers (int64).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own, or `by` names no attribute.

    Notes
    -----
    The trap: the mean of the closed gaps is too short, because long gaps are the ones still open.
    Use `repurchase_curve`.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-11", "2024-01-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> repurchase_intervals(orders, as_of="2024-01-11")
       order_number  gap_days  is_censored  customers
    0             1         6         True          1
    1             1        10        False          1
    2             2         0         True          1
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    rows = gap_counts(given.orders, as_of_day=day_number(given.as_of), by=names)
    frame = name_missing(to_frame(rows, (*names, *COLUMNS)), names)
    frame = frame.groupby([*names, *COLUMNS[:3]], as_index=False).agg(
        customers=("customers", "sum")
    )
    first = frame.loc[frame["order_number"] == 1, "customers"].sum()
    return caption(frame, "repurchase_intervals", given, customers=int(first))
