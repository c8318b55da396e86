"""Money, orders or items by cohort, how far its customers can be asked, and age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.age_scale import AgeScale
from retention.engine.first_days import first_days
from retention.engine.time import day_number


def cohort_amounts(orders: Any, *, scale: AgeScale, amount: Any, by: Sequence[str] = ()) -> Any:
    """Sums of `amount` (an expression over `orders`), orders and their net amount, by cohort and age.

    Columns: by, cohort_number, reach, age, customers, orders, net, amount, unknown. Customers are
    counted at age 0; `unknown` are orders that lack the amount. What is left of an order refunded
    before the first purchase is money of age 0.
    """
    firsts = first_days(orders, by=by)
    moves = orders.select(
        "customer_id",
        "is_purchase",
        day=day_number(orders.ordered_at),
        paid=orders.amount,
        amount=amount,
    ).join(firsts, "customer_id")
    money = _keyed(moves, scale, by, moves.day).agg(
        customers=_none("int64"),
        orders=moves.is_purchase.sum().cast("int64"),
        net=moves.paid.sum(where=moves.is_purchase).fill_null(0),
        amount=moves.amount.sum(),
        unknown=(moves.is_purchase & moves.amount.isnull()).sum().cast("int64"),
    )
    sizes = _keyed(firsts, scale, by, firsts.first_day).agg(
        customers=firsts.count().cast("int64"),
        orders=_none("int64"),
        net=_none(money.net.type()),
        amount=_none(money.amount.type()),
        unknown=_none("int64"),
    )
    return money.union(sizes)


def _keyed(rows: Any, scale: AgeScale, by: Sequence[str], day: Any) -> Any:
    return rows.group_by(
        *by,
        cohort_number=scale.cohort(rows.first_day),
        reach=scale.reach(rows.first_day),
        age=scale.age(day, rows.first_day),
    )


def _none(kind: Any) -> Any:
    return ibis.literal(0).cast(kind)
