"""What customers did in their first year, for rates that compare like with like."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.purchase_days import purchase_days


def early_days(orders: Any, *, as_of_day: int, within_days: int) -> Any:
    """Customers by purchase days within `within_days` of the first; only those observed that long."""
    days = purchase_days(orders)
    first = days.filter(days.number == 1).select("customer_id", first_day="day")
    early = days.join(first, "customer_id")
    early = early.filter(
        (as_of_day - early.first_day >= within_days) & (early.day - early.first_day <= within_days)
    )
    per_customer = early.group_by("customer_id").agg(purchase_days=_.count())
    return per_customer.group_by("purchase_days").agg(customers=_.count())
