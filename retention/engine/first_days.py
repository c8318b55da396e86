"""The first purchase day of each customer: what cohorts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retention.engine.customer_grain import first_attributes
from retention.engine.purchase_days import purchase_days


def first_days(orders: Any, *, by: Sequence[str] = ()) -> Any:
    """One row per `customer`: first_day, the next purchase day, and the first order's attributes."""
    days = purchase_days(orders)
    firsts = days.filter(days.number == 1).select("customer", "first_day", "next_day")
    return firsts.join(first_attributes(orders, tuple(by)), "customer") if by else firsts
