"""Which pages, products and campaigns lie on the way to the first order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.first_orders import first_orders
from retention.engine.frames import to_frame
from retention.errors import ArgumentError
from retention.kinds import as_names
from retention.names import GLOSSARY, check_columns
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.tables.caption import caption
from retention.tables.days_given import require_days
from retention.tables.first_touches import first_touches
from retention.tables.order_moments import came_after
from retention.tables.repeatable import repeatable
from retention.tables.taken_names import refuse_taken
from retention.tables.wilson import wilson_interval

COLUMNS = check_columns(
    (
        "eligible", "bought", "bought_rate", "low", "high", "overall_rate", "median_days", "buyers",
        "way_rate",
    )
)  # fmt: skip


@repeatable
def way_to_first_order(
    orders: Orders | pd.DataFrame,
    *,
    touches: pd.DataFrame,
    by: str | list[str] = "page",
    as_of: As_of = None,
    within_days: int = 30,
) -> pd.DataFrame:
    """Say of each page, product or campaign who bought for the first time after it, and how soon.

    A person counts once for each, from the first such touch on, if they had not bought yet.

    Parameters
    ----------
    orders : Orders, or DataFrame of order lines with our column names
    touches : DataFrame as `read_touches` returns it
    by : str or list of str
        Columns of the touches: page, product, campaign, channel, touch. A touch that lacks all of them
        is left out.
    as_of : date, default the orders' own
    within_days : int
        How soon after the touch.

    Returns
    -------
    DataFrame, one row per group of touches, the most frequent first
        by (str), eligible (int64, people not yet customers at their first such touch, which lies at
        least within_days back), bought (int64, of those, with a first order by then), bought_rate (float64,
        0..1), low, high (float64, Wilson 95 %), overall_rate (float64, 0..1, the same from the first
        touch of any kind), median_days (float64, days from touch to first order of those who bought),
        buyers (int64, customers with such a touch before their first order, however long before),
        way_rate (float64, 0..1, of all customers who were touched before it).

    Raises
    ------
    ArgumentError
        If touches lack a column, or `within_days` is no number of days.

    Notes
    -----
    The trap: whoever looks at a product was interested before. A high rate says where buyers come
    past, not that sending people there sells. Later touches stand nearer to the order in any case, so
    a page of the basket always looks best.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["a", "b"], "amount": [10.0, 7.0],
    ...     "ordered_at": pd.to_datetime(["2024-01-03", "2024-03-01"])})
    >>> touches = pd.DataFrame({
    ...     "customer_id": ["a", "a", "b", "c"], "page": ["home", "tea", "home", "home"],
    ...     "touched_at": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-02", "2024-01-02"])})
    >>> way_to_first_order(orders, touches=touches)[["page", "eligible", "bought", "way_rate"]]
       page  eligible  bought  way_rate
    0  home         3       1       1.0
    1   tea         1       1       0.5
    """
    refuse_taken(by, COLUMNS)
    given = given_orders(orders, as_of)
    names = as_names("by", by)
    require_days(within_days=within_days)
    if not names:
        raise ArgumentError("by: no column of the touches is named. Name one, as in by='page'.")
    bought = to_frame(first_orders(given.orders), ("customer_id", "first_order_at"))
    firsts = first_touches(touches, given.as_of)
    some = touches[touches[[name for name in names if name in touches]].notna().any(axis=1)]
    of_each = first_touches(some, given.as_of, by=names, each=True)
    ways = _ways(of_each.merge(bought, on="customer_id", how="left"), given.as_of, within_days)
    everybody = _ways(firsts.merge(bought, on="customer_id", how="left"), given.as_of, within_days)
    table = _table(ways, everybody, names)
    table = caption(
        table, "way_to_first_order", given, customers=len(everybody), by=list(names),
        within_days=within_days,
    )  # fmt: skip
    table.attrs["words"] = {"by": ", ".join(names)}
    return table


def _ways(people: pd.DataFrame, as_of: pd.Timestamp, within_days: int) -> pd.DataFrame:
    """Those who had not bought, with days until they did, and whether that was soon enough."""
    ways = people[~came_after(people["touched_at"], people["first_order_at"])]
    touched, bought = (ways[name].dt.normalize() for name in ("touched_at", "first_order_at"))
    days = (bought - touched).dt.days
    is_eligible = (as_of - touched).dt.days >= within_days
    is_back = is_eligible & (days <= within_days)
    return ways.assign(
        eligible=is_eligible.astype(int), bought=is_back.astype(int), buyers=bought.notna().astype(int),
        days=days.where(is_back),
    )  # fmt: skip


def _table(ways: pd.DataFrame, everybody: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    groups = ways.groupby(list(names))
    table = groups[["eligible", "bought", "buyers"]].sum()
    table["median_days"] = groups["days"].median()
    table = table.reset_index().sort_values(
        ["eligible", *names], ascending=[False, *[True] * len(names)], ignore_index=True
    )
    low, high = wilson_interval(table["bought"], table["eligible"])
    could = table["eligible"].where(table["eligible"] > 0, np.nan)
    all_eligible, all_buyers = everybody["eligible"].sum(), everybody["buyers"].sum()
    table = table.assign(
        bought_rate=table["bought"] / could,
        low=pd.Series(low).where(could.notna()),
        high=pd.Series(high).where(could.notna()),
        overall_rate=everybody["bought"].sum() / all_eligible if all_eligible else np.nan,
        way_rate=table["buyers"] / all_buyers if all_buyers else np.nan,
    )
    own = {name: GLOSSARY[name].dtype for name in COLUMNS}
    typed: pd.DataFrame
    typed = table[[*names, *COLUMNS]].astype(own | dict.fromkeys(names, "str"))
    return typed
