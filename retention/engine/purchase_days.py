"""Days on which a customer bought: the ground of customers, periods and gaps."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.time import day_number


def purchase_days(orders: Any) -> Any:
    """One row per customer and purchase day, numbered from 1, with the next one beside it.

    `amount` is that of the day's orders that count; `next_day` is null after the last.
    """
    bought = orders.filter(orders.is_purchase).mutate(day=day_number(orders.ordered_at))
    days = bought.group_by("customer_id", "day").agg(orders=_.count(), amount=_.amount.sum())
    window = ibis.window(group_by="customer_id", order_by="day")
    return days.mutate(
        number=(ibis.row_number().over(window) + 1).cast("int64"),
        next_day=days.day.lead().over(window),
    )
