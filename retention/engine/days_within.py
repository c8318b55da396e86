"""How many days each customer bought on within a window."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.customer_keys import with_ids
from retention.engine.purchase_days import purchase_days


def days_within(orders: Any, *, after_day: int, until_day: int) -> Any:
    """One row per customer who bought after the one day, up to and including the other."""
    days = purchase_days(orders)
    found = days.filter((days.day > after_day) & (days.day <= until_day))
    return with_ids(found.group_by("customer").agg(purchase_days=_.count()), orders)


def money_within(orders: Any, *, after_day: int, until_day: int) -> Any:
    """One row per day of the window on which somebody bought: purchase days and their money."""
    days = purchase_days(orders)
    found = days.filter((days.day > after_day) & (days.day <= until_day))
    return found.group_by("day").agg(purchase_days=_.count(), amount=_.amount.sum())
