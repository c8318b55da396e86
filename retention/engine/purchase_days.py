"""Days on which a customer bought: the ground of customers, periods and gaps."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.customer_keys import with_keys
from retention.engine.kept_once import kept_once
from retention.engine.time import day_number


@kept_once
def purchase_days(orders: Any) -> Any:
    """One row per customer and purchase day, numbered from 1, beside the first and its neighbours.

    `customer` is a key (`customer_keys.with_ids` leads back to ids). `orders`, `amount`, `first_at` and
    `last_at` are of the day's orders that count; `previous_day` is null for the first, `next_day` for
    the last.
    """
    bought = with_keys(orders.filter(orders.is_purchase), orders)
    dated = bought.mutate(day=day_number(bought.ordered_at))
    days = dated.group_by("customer", "day").agg(
        orders=_.count(),
        amount=_.amount.sum(),
        first_at=_.ordered_at.min(),
        last_at=_.ordered_at.max(),
    )
    window = ibis.window(group_by="customer", order_by="day")
    return days.mutate(
        number=(ibis.row_number().over(window) + 1).cast("int64"),
        previous_day=days.day.lag().over(window),
        next_day=days.day.lead().over(window),
        first_day=days.day.first(include_null=True).over(window),
    )


def money_left(orders: Any) -> Any:
    """Money on orders that are no purchases: what a refund has left, or a refund in its own month."""
    left = orders.filter(~orders.is_purchase & (orders.amount != 0))
    keyed = with_keys(left, orders)
    return keyed.select("customer", "amount", day=day_number(keyed.ordered_at))
