"""What each customer bought last, and what they have bought at all."""

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


def buyers_of(lines: Any, *, item: str, items: Sequence[str]) -> Any:
    """One row per customer and each of these items that they have bought."""
    found = lines.filter(lines[item].isin(list(items)))
    return found.select("customer_id", item=found[item]).distinct()
