"""What was bought on a customer's first purchase days, and on the ones after."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.customer_keys import with_keys
from retention.engine.time import day_number
from retention.names import MISSING

# The purchases that lead somewhere: the first to the second, the second to the third.
LAST_NUMBER = 2


def item_days(orders: Any, *, item: str) -> Any:
    """One row per customer and purchase day up to the second, with the item of the next one beside it.

    The item of a day is that of its first order. Columns: order_number, item, next_item, day, next_day.
    """
    bought = with_keys(orders.filter(orders.is_purchase), orders)
    bought = bought.mutate(day=day_number(bought.ordered_at))
    order = ibis.struct({"ordered_at": bought.ordered_at, "order_id": bought.order_id})
    days = bought.group_by("customer", "day").agg(item=bought[item].argmin(order))
    days = days.mutate(item=days.item.fill_null(MISSING))
    window = ibis.window(group_by="customer", order_by="day")
    rows = days.mutate(
        order_number=(ibis.row_number().over(window) + 1).cast("int64"),
        next_day=days.day.lead().over(window),
        next_item=days["item"].lead().over(window),
    )
    return rows.filter(rows.order_number <= LAST_NUMBER)
