"""Customer-period grain: who is new in each period."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.purchase_days import purchase_days
from retention.engine.time import period_of_day
from retention.periods import Period


def new_customers(orders: Any, *, period: Period) -> Any:
    """New customers per period, the ground of the burn-in rule."""
    days = purchase_days(orders)
    first = days.filter(days.number == 1)
    return first.group_by(cohort_number=period_of_day(first.day, period)).agg(customers=_.count())
