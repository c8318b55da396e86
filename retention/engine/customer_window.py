"""What each customer bought within a window of days."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.customer_keys import with_ids
from retention.engine.purchase_days import purchase_days


def customer_window(orders: Any, *, from_day: int, until_day: int) -> Any:
    """One row per customer who bought in the window, both ends included: purchase_days, amount."""
    days = purchase_days(orders)
    found = days.filter((days.day >= from_day) & (days.day <= until_day))
    sums = found.group_by("customer").agg(purchase_days=_.count(), amount=_.amount.sum())
    return with_ids(sums, orders)
