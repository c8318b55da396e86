"""Purchase days by calendar day, of all customers and of one."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.purchase_days import purchase_days
from retention.engine.time import day_number


def purchase_counts(orders: Any) -> Any:
    """How many customers bought on each day, by whether it was their first."""
    days = purchase_days(orders)
    told = days.select("day", first=(days.number == 1).ifelse(1, 0))
    return told.group_by("day", "first").agg(customers=_.count().cast("int64"))


def days_of_customer(orders: Any, customer_id: str) -> Any:
    """The purchase days of one customer."""
    bought = orders.filter(orders.is_purchase & (orders.customer_id == customer_id))
    return bought.select(day=day_number(bought.ordered_at)).distinct()
