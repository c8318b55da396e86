"""Customer-period grain: what each cohort did at each age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.customer_grain import first_attributes
from retention.engine.purchase_days import money_left, purchase_days
from retention.engine.time import period_of_day
from retention.periods import Period


def cohort_activity(orders: Any, *, period: Period, by: Sequence[str] = ()) -> Any:
    """Customers active and money moved, per first-order attributes, cohort and age in periods."""
    moves = _purchases(orders, period).union(_other_money(orders, period))
    if by:
        moves = moves.join(first_attributes(orders, tuple(by)), "customer")
    # What is left of an order refunded before the first purchase is money of the first period.
    ages = moves.mutate(age=ibis.greatest(_.period - _.cohort_number, 0))
    return ages.group_by(*by, "cohort_number", "age").agg(
        returned=_.is_active.sum(), orders=_.orders.sum(), amount=_.amount.sum()
    )


def new_customers(orders: Any, *, period: Period) -> Any:
    """New customers per period, the ground of the burn-in rule."""
    days = purchase_days(orders)
    first = days.filter(days.number == 1)
    return first.group_by(cohort_number=period_of_day(first.day, period)).agg(customers=_.count())


def _purchases(orders: Any, period: Period) -> Any:
    """Purchase days; the last one that a customer has in a period counts them as active in it."""
    days = purchase_days(orders)
    rows = days.select(
        "customer", "orders", "amount", "next_day",
        cohort_number=period_of_day(days.first_day, period),
        period=period_of_day(days.day, period),
    )  # fmt: skip
    next_period = period_of_day(rows.next_day, period)
    is_last = rows.next_day.isnull() | (next_period > rows.period)
    return rows.mutate(is_active=is_last.ifelse(1, 0).cast("int64")).select(*_MOVE)


def _other_money(orders: Any, period: Period) -> Any:
    days, left = purchase_days(orders), money_left(orders)
    first = days.filter(days.number == 1).select("customer", "first_day")
    rows = left.join(first, "customer")
    nothing = ibis.literal(0, "int64")
    return rows.mutate(
        orders=nothing,
        is_active=nothing,
        cohort_number=period_of_day(rows.first_day, period),
        period=period_of_day(rows.day, period),
    ).select(*_MOVE)


_MOVE = ("customer", "cohort_number", "period", "is_active", "orders", "amount")
