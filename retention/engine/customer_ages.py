"""What each customer brought in by age."""

from __future__ import annotations

from typing import Any

from retention.engine.age_scale import AgeScale
from retention.engine.customer_keys import with_ids
from retention.engine.first_days import first_days
from retention.engine.purchase_days import money_left, purchase_days

_MOVE = ("customer", "first_day", "day", "amount")


def customer_ages(orders: Any, *, scale: AgeScale) -> Any:
    """One row per customer and age with money: customer_id, cohort_number, age, amount."""
    bought = purchase_days(orders).select(*_MOVE)
    left = money_left(orders).join(first_days(orders), "customer").select(*_MOVE)
    moves = bought.union(left.mutate(amount=left.amount.cast(bought.amount.type())))
    sums = moves.group_by(
        "customer",
        cohort_number=scale.cohort(moves.first_day),
        age=scale.age(moves.day, moves.first_day),
    ).agg(amount=moves.amount.sum())
    return with_ids(sums, orders)
