"""Who comes back, cohort by cohort."""

from __future__ import annotations

import pandas as pd

from retention.names import check_columns
from retention.orders.columns.given import As_of, attribute_names, given_orders
from retention.orders.orders import Orders
from retention.periods import Period
from retention.tables.caption import caption
from retention.tables.cohort_grid import cohort_grid
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    (
        "cohort", "age", "cohort_size", "eligible", "returned", "retention_rate", "low", "high",
        "is_complete", "is_burn_in",
    )
)  # fmt: skip


def cohort_retention(
    orders: Orders | pd.DataFrame,
    *,
    period: Period = "month",
    as_of: As_of = None,
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Share of each cohort that bought again in each later period.

    The cohort is the period of the first purchase day in the full history; age counts whole
    periods since then. A customer counts once at an age, however often they bought.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    period : {"day", "week", "month", "quarter", "year"}
    as_of : date, default the orders' own
    by : str or list of str
        Attributes of the first order, frozen; missing is the group "(missing)".

    Returns
    -------
    DataFrame, one row per (group, cohort, age) that has begun by as_of
        by (str), cohort (datetime64[us], first day of the period), age (int64, periods; 0 is 1 by
        definition), cohort_size (int64), eligible (int64), returned (int64), retention_rate
        (float64, 0..1), low, high (float64, Wilson 95 %), is_complete (bool; False where the period
        holds as_of and goes on), is_burn_in (bool; the cohort probably holds older customers).

    Raises
    ------
    ArgumentError
        If `period` or `by` is not known, or `as_of` lies after the orders' own.

    Notes
    -----
    The trap: a period that has not begun has no row, and one that has not ended is not complete;
    neither is a 0 %.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-01-20", "2024-02-05"]),
    ...     "amount": [10.0, 20.0, 5.0, 7.0],
    ... })
    >>> cells = cohort_retention(orders, as_of="2024-02-11")
    >>> cells[["cohort", "age", "cohort_size", "returned", "retention_rate", "is_complete"]]
          cohort  age  cohort_size  returned  retention_rate  is_complete
    0 2024-01-01    0            2         2             1.0         True
    1 2024-01-01    1            2         1             0.5        False
    2 2024-02-01    0            1         1             1.0        False
    """
    given = given_orders(orders, as_of)
    names = attribute_names(given, by)
    grid = cohort_grid(given, period=period, by=names)
    low, high = wilson_interval(grid["returned"], grid["cohort_size"])
    cells = grid.assign(
        eligible=grid["cohort_size"],
        retention_rate=grid["returned"] / grid["cohort_size"],
        low=low,
        high=high,
    )
    customers = int(cells.loc[cells["age"] == 0, "cohort_size"].sum())
    parameters = {"period": period} | ({"by": list(names)} if names else {})
    return caption(
        cells[[*names, *COLUMNS]], "cohort_retention", given, customers=customers, **parameters
    )
