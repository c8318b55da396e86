"""Customers' days, from the orders that lie on one day and that no refund touches."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.bits import any_bits
from retention.orders.audit.rule_bits import EVERY, has, without

ORDER = ["customer_id", "order_id"]
NOTHING = ibis.literal(0, "int64")


def order_days(orders: Any) -> Any:
    """Per customer and day: `off` and `aside` from the simple orders, `orders` and `amount` of all."""
    found = orders.filter(orders.customer_id.notnull() & orders.day.notnull())
    is_simple = ~is_involved(found)
    is_used = has(found.taken, "lines_used")
    off = is_used.ifelse(ibis.literal(EVERY, "int64"), found.taken)
    aside = without(found.spared, found.marks)
    return found.group_by("customer_id", "day").agg(
        off=any_bits(is_simple.ifelse(off, NOTHING)),
        aside=any_bits(is_simple.ifelse(aside, NOTHING)),
        orders=is_used.ifelse(1, 0).sum().cast("int64"),
        amount=found.amount.sum(),
    )


def is_involved(orders: Any) -> Any:
    """Orders on several days, and all that a refund touches."""
    several = orders.first_at.date() != orders.last_at.date()
    return several.fill_null(False) | has(orders.touched, "matched_refund") | orders.is_undone
