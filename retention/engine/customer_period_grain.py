"""Customer-period grain: who is new in each period."""

from __future__ import annotations

from typing import Any

from retention.engine.time import period_number
from retention.periods import Period


def new_customers(orders: Any, *, period: Period) -> Any:
    """New customers per period, the ground of the burn-in rule."""
    bought = orders.filter(orders.is_purchase)
    starts = bought.group_by("customer_id").agg(
        cohort_number=period_number(bought.ordered_at, period).min()
    )
    return starts.group_by("cohort_number").agg(customers=starts.count())
