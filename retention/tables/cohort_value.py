"""What a cohort is worth so far, per customer of the cohort."""

from __future__ import annotations

import pandas as pd

from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import Period
from retention.tables.caption import caption
from retention.tables.cohort_grid import cohort_grid

COLUMNS = check_columns(
    (
        "cohort", "age", "eligible", "amount", "amount_per_customer",
        "cumulative_amount_per_customer", "is_complete", "is_burn_in",
    )
)  # fmt: skip


def cohort_value(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_of = None,
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Net amount of each cohort by age, in all and per customer of the cohort.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order.

    Returns
    -------
    DataFrame, one row per (group, cohort, age) that has begun by as_of
        by (str), cohort (datetime64[us]), age (int64, periods), eligible (int64, customers of the
        cohort, back or not), amount (float64, currency, net), amount_per_customer,
        cumulative_amount_per_customer (float64, currency), is_complete, is_burn_in (bool).

    Raises
    ------
    ArgumentError
        If `period` or `by` is not known, or `as_of` lies after the orders' own.

    Notes
    -----
    The trap: cohorts may only be compared at an age that is complete for both.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-20"]),
    ...     "amount": [10.0, 20.0, 5.0],
    ... })
    >>> cohort_value(orders)[["age", "amount", "cumulative_amount_per_customer", "is_complete"]]
       age  amount  cumulative_amount_per_customer  is_complete
    0    0    15.0                             7.5         True
    1    1    20.0                            17.5        False
    """
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    grid = cohort_grid(given, period=period, by=names)
    total = grid.groupby([*names, "cohort"])["amount"].cumsum()
    cells = grid.assign(
        eligible=grid["cohort_size"],
        amount_per_customer=grid["amount"] / grid["cohort_size"],
        cumulative_amount_per_customer=total / grid["cohort_size"],
    )
    customers = int(cells.loc[cells["age"] == 0, "cohort_size"].sum())
    parameters = {"period": period} | ({"by": list(names)} if names else {})
    return caption(
        cells[[*names, *COLUMNS]], "cohort_value", given, customers=customers, **parameters
    )
