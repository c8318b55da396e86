"""Items and how many customers bought them."""

from __future__ import annotations

from typing import Any

from ibis import _


def item_buyers(lines: Any, *, item: str, most: int) -> Any:
    """One row for each of so many items with the most customers, most first: `item`, `customers`."""
    named = lines.filter(lines[item].notnull()).rename(item=item)
    counts = named.group_by("item").agg(customers=_.customer_id.nunique())
    return counts.order_by(counts.customers.desc(), "item").limit(most)
