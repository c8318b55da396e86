"""Customer-period grain: who is new in each month."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.time import day_number, period_of_day


def new_customers(orders: Any) -> Any:
    """New customers per month, the ground of the burn-in rule.

    The least moment of each customer: a tenth of the work of numbering all their purchase days.
    """
    bought = orders.filter(orders.is_purchase)
    first = bought.group_by("customer_id").agg(first_at=_.ordered_at.min())
    number = period_of_day(day_number(first.first_at), "month")
    return first.group_by(cohort_number=number).agg(customers=_.count())
