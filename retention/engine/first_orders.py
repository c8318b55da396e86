"""When each customer first bought, for what came before it."""

from __future__ import annotations

from typing import Any

from ibis import _


def first_orders(orders: Any) -> Any:
    """One row per customer with a purchase: `customer_id` and `first_order_at`."""
    bought = orders.filter(orders.is_purchase)
    return bought.group_by("customer_id").agg(first_order_at=_.ordered_at.min())
