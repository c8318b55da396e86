"""When each customer first bought, for what came before it."""

from __future__ import annotations

from typing import Any

from retention.engine.customer_keys import with_ids
from retention.engine.purchase_days import purchase_days


def first_orders(orders: Any) -> Any:
    """One row per customer with a purchase: `customer_id` and `first_order_at`."""
    days = purchase_days(orders)
    first = days.filter(days.number == 1).select("customer", first_order_at="first_at")
    return with_ids(first, orders)
