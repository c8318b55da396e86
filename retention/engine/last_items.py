"""What each customer bought last, and when they last bought one product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.customer_keys import with_ids, with_keys


def last_items(orders: Any, *, item: str) -> Any:
    """One row per customer: `item` of the last order that counts."""
    bought = with_keys(orders.filter(orders.is_purchase), orders)
    order = ibis.struct({"ordered_at": bought.ordered_at, "order_id": bought.order_id})
    rows = bought.group_by("customer").agg(item=bought[item].argmax(order))
    return with_ids(rows, orders)


def last_bought(lines: Any, *, products: Sequence[str]) -> Any:
    """One row per customer and each of these products that they bought, with the last time."""
    is_refund = lines.booked_order_id.notnull()
    found = lines.filter(lines["product"].isin(list(products)), ~is_refund)
    return found.group_by("customer_id", "product").agg(ordered_at=found.ordered_at.max())
