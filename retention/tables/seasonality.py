"""Months beside their year: which are peaks, and what the year before was."""

from __future__ import annotations

import pandas as pd

from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.monthly_season import PEAK, monthly_season
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(
    (
        "period", "orders", "year_mean", "peak_ratio", "is_peak", "orders_year_before",
        "has_lunar_new_year", "is_complete",
    )
)  # fmt: skip


@repeatable
def seasonality(orders: Orders | pd.DataFrame, *, as_of: As_of = None) -> pd.DataFrame:
    """Orders by month, which months are peaks, and the same month of the year before.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    as_of : date, default the orders' own

    Returns
    -------
    DataFrame, one row per calendar month from the first order to as_of
        period (datetime64[us], first day), orders (int64), year_mean (float64, orders, mean of the
        twelve months around it, at both ends of the first or last twelve; null where fewer than six
        are known), peak_ratio
        (float64, orders over that mean, a month that is not over scaled to its length), is_peak
        (bool, ratio above 1.5), orders_year_before (Int64, null where the year before is not known),
        has_lunar_new_year (bool), is_complete (bool).

    Raises
    ------
    ArgumentError
        If `as_of` lies after the orders' own.

    Notes
    -----
    The trap: a rate that is read at the end of a peak, or a cohort that was won in one, says as much
    about the season as about the customers. The lunar new year moves between January and February,
    so these two months have no season of their own.

    Examples
    --------
    >>> import pandas as pd
    >>> days = pd.date_range("2024-01-15", periods=7, freq="MS").repeat([2, 2, 2, 2, 2, 2, 6])
    >>> orders = pd.DataFrame({
    ...     "customer_id": [str(n % 9) for n in range(18)], "ordered_at": days, "amount": 1.0})
    >>> seasonality(orders, as_of="2024-08-31").tail(2)[["period", "orders", "peak_ratio", "is_peak"]]
          period  orders  peak_ratio  is_peak
    5 2024-07-01       2    0.777778    False
    6 2024-08-01       6    2.333333     True
    """
    given = given_orders(orders, as_of)
    months = monthly_season(given)
    table = months[list(COLUMNS)].astype({name: GLOSSARY[name].dtype for name in COLUMNS})
    result = caption(table, "seasonality", given, customers=given.counts["customers"])
    result.attrs |= {"parameters": {"period": "month"}, "words": {"peak": PEAK}}
    return result
