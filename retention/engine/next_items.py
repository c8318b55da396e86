"""From what was bought first to what was bought next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.time import day_number
from retention.names import MISSING

# The purchases that lead somewhere: the first to the second, the second to the third.
LAST_NUMBER = 2


def item_days(orders: Any, *, item: str) -> Any:
    """One row per customer and purchase day up to the second, with the item of the next one beside it.

    The item of a day is that of its first order. Columns: order_number, item, next_item, day, next_day.
    """
    bought = orders.filter(orders.is_purchase)
    bought = bought.mutate(
        day=day_number(bought.ordered_at),
        order=ibis.struct({"ordered_at": bought.ordered_at, "order_id": bought.order_id}),
    )
    days = bought.group_by("customer_id", "day").agg(item=bought[item].argmin(bought.order))
    days = days.mutate(item=days.item.fill_null(MISSING))
    window = ibis.window(group_by="customer_id", order_by="day")
    rows = days.mutate(
        order_number=(ibis.row_number().over(window) + 1).cast("int64"),
        next_day=days.day.lead().over(window),
        next_item=days["item"].lead().over(window),
    )
    return rows.filter(rows.order_number <= LAST_NUMBER)


def item_sizes(days: Any, *, most: int) -> Any:
    """The `most` items that most of these purchase days had, or led to: `item` and `purchases`."""
    own = days.select(item="item")
    later = days.filter(days.next_item.notnull()).select(item="next_item")
    sizes = own.union(later).group_by("item").agg(purchases=_.count())
    return sizes.order_by(ibis.desc("purchases"), "item").limit(most)


def next_item_counts(
    days: Any, *, named: Sequence[str], other: str, as_of_day: int, within_days: int
) -> Any:
    """Customers by order number, item, the next item and the days to it, of those seen long enough.

    `next_item` is null and `gap_days` 0 for those who did not come back within `within_days`; items
    that are not `named` are the `other`.
    """
    seen = days.filter(as_of_day - days.day >= within_days)
    gap = seen.next_day - seen.day
    is_back = (gap <= within_days).fill_null(False)
    nothing = ibis.null("string")
    rows = seen.select(
        "order_number",
        item=_among(seen["item"], named, other),
        next_item=ibis.ifelse(is_back, _among(seen.next_item, named, other), nothing),
        gap_days=ibis.ifelse(is_back, gap, ibis.literal(0, "int64")),
    )
    keys = ("order_number", "item", "next_item", "gap_days")
    return rows.group_by(*keys).agg(customers=_.count())


def _among(item: Any, named: Sequence[str], other: str) -> Any:
    return ibis.ifelse(item.isin(list(named)), item, ibis.literal(other))
