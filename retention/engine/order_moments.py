"""When customers bought, for what lies shortly before."""

from __future__ import annotations

from typing import Any

from retention.engine.customer_keys import with_ids
from retention.engine.purchase_days import purchase_days


def order_moments(orders: Any, *, from_day: int) -> Any:
    """The first and the last order of each customer and day from `from_day` on: ordered_at."""
    days = purchase_days(orders)
    days = days.filter(days.day >= from_day)
    first = days.select("customer", ordered_at="first_at")
    return with_ids(
        first.union(days.select("customer", ordered_at="last_at"), distinct=True), orders
    )
