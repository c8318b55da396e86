"""Customers by how often they bought: so far, and within a time that all of them had."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.purchase_days import purchase_days


def days_so_far(orders: Any) -> Any:
    """Customers by purchase days so far."""
    days = purchase_days(orders)
    last = days.filter(days.next_day.isnull())
    return last.group_by(purchase_days=last.number).agg(customers=_.count())


def early_days(orders: Any, *, as_of_day: int, within_days: int) -> Any:
    """Customers by purchase days within `within_days` of the first; only those observed that long."""
    days = purchase_days(orders)
    # The last early day of each customer has the number of all of them.
    is_early = days.day - days.first_day <= within_days
    is_over = (days.next_day - days.first_day > within_days).fill_null(True)
    last = days.filter((as_of_day - days.first_day >= within_days) & is_early & is_over)
    return last.group_by(purchase_days=last.number).agg(customers=_.count())
