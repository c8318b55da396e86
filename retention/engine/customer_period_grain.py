"""Customer-period grain: what each cohort did at each age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.customer_grain import first_attributes
from retention.engine.time import period_number
from retention.periods import Period


def cohort_activity(orders: Any, *, period: Period, by: Sequence[str] = ()) -> Any:
    """Customers active and money moved, per first-order attributes, cohort and age in periods."""
    starts = _starts(orders, period, by)
    # The attributes are those of the first order; the order's own would win in the join.
    moves = orders.mutate(period=period_number(orders.ordered_at, period)).drop(*by)
    moves = moves.join(starts, "customer_id")
    per_customer = moves.group_by(*by, "customer_id", "cohort_number", "period").agg(
        is_active=moves.is_purchase.any(),
        orders=moves.is_purchase.sum(),
        amount=moves.amount.sum(),
    )
    # What is left of an order refunded before the first purchase is money of the first period.
    ages = per_customer.mutate(age=ibis.greatest(_.period - _.cohort_number, 0))
    return ages.group_by(*by, "cohort_number", "age").agg(
        returned=ages.is_active.sum(), orders=ages.orders.sum(), amount=ages.amount.sum()
    )


def new_customers(orders: Any, *, period: Period) -> Any:
    """New customers per period, the ground of the burn-in rule."""
    starts = _starts(orders, period, ())
    return starts.group_by("cohort_number").agg(customers=starts.count())


def _starts(orders: Any, period: Period, by: Sequence[str]) -> Any:
    bought = orders.filter(orders.is_purchase)
    starts = bought.group_by("customer_id").agg(
        cohort_number=period_number(bought.ordered_at, period).min()
    )
    return starts.join(first_attributes(orders, by), "customer_id") if by else starts
