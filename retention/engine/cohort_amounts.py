"""Money, orders or items by cohort, how far its customers can be asked, and age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import ibis

from retention.engine.age_scale import AgeScale
from retention.engine.customer_grain import first_attributes
from retention.engine.customer_keys import with_keys
from retention.engine.first_days import first_days
from retention.engine.purchase_days import money_left, purchase_days
from retention.engine.time import day_number

Measure = Literal["net", "gross", "margin", "orders", "items"]
_MOVE = ("customer", "first_day", "day", "orders", "net", "amount", "unknown")


def cohort_amounts(
    orders: Any, *, scale: AgeScale, measure: Measure, by: Sequence[str] = ()
) -> Any:
    """Sums of the measure, of orders and their net amount, by attributes, cohort and age.

    Columns: by, cohort_number, reach, age, customers, orders, net, amount, unknown. Customers are
    counted at age 0; `unknown` are orders that lack the measure. What is left of an order refunded
    before the first purchase is money of age 0.
    """
    moves = (
        _of_days(orders, measure) if measure in ("net", "orders") else _of_orders(orders, measure)
    )
    if by:
        moves = moves.join(first_attributes(orders, tuple(by)), "customer")
    firsts = first_days(orders, by=by)
    money = _keyed(moves, scale, by, moves.day).agg(
        customers=_none("int64"),
        orders=moves.orders.sum().cast("int64"),
        net=moves.net.sum(),
        amount=moves.amount.sum(),
        unknown=moves.unknown.sum().cast("int64"),
    )
    sizes = _keyed(firsts, scale, by, firsts.first_day).agg(
        customers=firsts.count().cast("int64"),
        orders=_none("int64"),
        net=_none(money.net.type()),
        amount=_none(money.amount.type()),
        unknown=_none("int64"),
    )
    return money.union(sizes)


def _of_days(orders: Any, measure: Measure) -> Any:
    """Purchase days, and the money on orders that are none."""
    days = purchase_days(orders)
    amount = days.amount if measure == "net" else days.orders
    moves = days.mutate(net=days.amount, amount=amount, unknown=_none("int64")).select(*_MOVE)
    if measure == "orders":
        return moves
    left = money_left(orders).join(first_days(orders), "customer")
    left = left.mutate(
        orders=_none("int64"),
        net=_none(moves.net.type()),
        amount=left.amount.cast(moves.amount.type()),
        unknown=_none("int64"),
    )
    return moves.union(left.select(*_MOVE))


def _of_orders(orders: Any, measure: Measure) -> Any:
    rows = with_keys(orders, orders)
    amount = _amount(rows, measure)
    is_bought = rows.is_purchase
    moves = rows.select(
        "customer",
        day=day_number(rows.ordered_at),
        orders=is_bought.ifelse(1, 0).cast("int64"),
        net=ibis.ifelse(is_bought, rows.amount, _none(rows.amount.type())),
        amount=amount,
        unknown=(is_bought & amount.isnull()).ifelse(1, 0).cast("int64"),
    )
    return moves.join(first_days(orders), "customer").select(*_MOVE)


def _amount(rows: Any, measure: Measure) -> Any:
    match measure:
        case "gross":
            return rows.gross_amount
        case "margin":
            return rows.amount - rows.cost
        case _:
            return rows.quantity


def _keyed(rows: Any, scale: AgeScale, by: Sequence[str], day: Any) -> Any:
    return rows.group_by(
        *by,
        cohort_number=scale.cohort(rows.first_day),
        reach=scale.reach(rows.first_day),
        age=scale.age(day, rows.first_day),
    )


def _none(kind: Any) -> Any:
    return ibis.literal(0).cast(kind)
