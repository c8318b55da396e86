"""Who moved from one stage to another between two days, one by one."""

from __future__ import annotations

import pandas as pd

from retention.errors import ArgumentError
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of
from retention.orders.orders import Orders
from retention.periods import as_day
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.listed_days import orders_until
from retention.tables.repeatable import repeatable
from retention.tables.stage_names import LOYAL_ORDERS, NOT_YET_KNOWN

COLUMNS = check_columns(
    ("customer_id", "from_stage", "to_stage", "purchase_days", "days_since_last_order")
)
NOW = ["stage", "purchase_days", "days_since_last_order"]


@repeatable
def stage_movers(
    orders: Orders | pd.DataFrame,
    *,
    since: As_of = None,
    as_of: As_of = None,
    people: pd.DataFrame | None = None,
    at_risk_after_days: int | None = None,
    lapsed_after_days: int | None = None,
    loyal_orders: int = LOYAL_ORDERS,
) -> pd.DataFrame:
    """List everybody whose stage on one day is not that of an earlier day.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    since : date, default the last end of a month before as_of
        The earlier day, included whole.
    as_of : date, default the orders' own
        The later day.
    people : DataFrame as `read_people` returns it
        Those first seen by then who have not bought are prospects.
    at_risk_after_days, lapsed_after_days : int, days
        Default: chosen by `choose_lapse` on the earlier day. Both or neither.
    loyal_orders : int
        Purchase days from which a customer is loyal.

    Returns
    -------
    DataFrame, one row per customer (or person) who moved, sorted by customer_id
        customer_id (str), from_stage, to_stage (str; not_yet_known where nothing was known of them on
        that day), purchase_days (int64), days_since_last_order (Int64, on the later day; null for
        whoever has bought nothing).

    Raises
    ------
    ArgumentError
        If `since` is not before `as_of`, a day lies outside the orders, or no thresholds can be chosen.

    Notes
    -----
    The trap: whoever stayed is not listed, nor who moved away and back. Shares of movers are those of
    `stage_flow(orders, as_of=[since, as_of])`.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b"],
    ...     "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-11", "2024-02-05"]),
    ...     "amount": [10.0, 20.0, 7.0],
    ... })
    >>> stage_movers(orders, since="2024-01-31", at_risk_after_days=30, lapsed_after_days=90)
      customer_id     from_stage to_stage  purchase_days  days_since_last_order
    0           a            new  growing              2                      0
    1           b  not_yet_known      new              1                      6
    """
    given = orders_until(orders, as_of)
    month_end = given.as_of.replace(day=1) - pd.Timedelta(days=1)
    day = month_end if since is None else as_day(since, "since")
    if day >= given.as_of:
        raise ArgumentError(
            f"since: {day:%Y-%m-%d} is not before as_of, {given.as_of:%Y-%m-%d}. Name an earlier day."
        )
    both = lifecycle_stages(
        given, as_of=[day, given.as_of], people=people, at_risk_after_days=at_risk_after_days,
        lapsed_after_days=lapsed_after_days, loyal_orders=loyal_orders,
    )  # fmt: skip
    is_now = both["as_of"] == given.as_of
    now = both[is_now].set_index("customer_id")[NOW]
    before = both[~is_now].set_index("customer_id")["stage"].rename("from_stage")
    rows = now.join(before, how="outer").rename(columns={"stage": "to_stage"})
    rows = rows.fillna(
        {"from_stage": NOT_YET_KNOWN, "to_stage": NOT_YET_KNOWN, "purchase_days": 0}
    ).reset_index()
    moved = rows[rows["from_stage"] != rows["to_stage"]].sort_values(
        "customer_id", ignore_index=True
    )
    dtypes = {name: GLOSSARY[name].dtype for name in COLUMNS} | {"days_since_last_order": "Int64"}
    table: pd.DataFrame = moved[list(COLUMNS)].astype(dtypes)
    table.attrs = both.attrs | {
        "definition": "stage_movers",
        "customers": len(table),
        "parameters": both.attrs["parameters"] | {"since": f"{day:%Y-%m-%d}"},
    }
    return table
