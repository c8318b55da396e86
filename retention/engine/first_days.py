"""The first purchase day of each customer: what cohorts are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from retention.engine.customer_grain import first_attributes
from retention.engine.time import day_number


def first_days(orders: Any, *, by: Sequence[str] = ()) -> Any:
    """One row per customer: the first purchase day and the first order's attributes.

    From the orders themselves: to number all purchase days for it would cost twice as much.
    """
    bought = orders.filter(orders.is_purchase)
    days = bought.select("customer_id", day=day_number(bought.ordered_at))
    firsts = days.group_by("customer_id").agg(first_day=days.day.min())
    return firsts.join(first_attributes(orders, by), "customer_id") if by else firsts
