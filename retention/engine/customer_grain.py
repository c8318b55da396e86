"""Customer grain: one row per customer with at least one purchase day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.purchase_days import purchase_days


def customers(orders: Any, *, as_of_day: int, by: Sequence[str] = ()) -> Any:
    """Counts, ages and money per customer, and the first order's attributes named in `by`."""
    days = _from_days(purchase_days(orders), as_of_day)
    money = _from_orders(orders, by)
    return days.join(money, "customer_id")


def first_attributes(orders: Any, by: Sequence[str]) -> Any:
    """One row per customer: the attributes of the first order that counts, frozen."""
    bought = orders.filter(orders.is_purchase)
    return bought.group_by("customer_id").agg(**_attributes(bought, by))


def _from_days(days: Any, as_of_day: int) -> Any:
    repeat = days.number > 1
    paid = repeat & (days.amount > 0)
    is_closed = days.next_day.notnull()
    grouped = days.group_by("customer_id").agg(
        purchase_days=days.count(),
        orders=days.orders.sum(),
        amount=days.amount.sum(),
        first_day=days.day.min(),
        last_day=days.day.max(),
        repeat_amount=days.amount.sum(where=repeat),
        last_gap_days=(days.next_day - days.day).argmax(days.day, where=is_closed),
        paid_days=paid.sum(),
        paid_amount=days.amount.sum(where=paid),
    )
    return grouped.mutate(
        frequency=_.purchase_days - 1,
        recency=_.last_day - _.first_day,
        T=as_of_day - _.first_day,
        days_since_last_order=as_of_day - _.last_day,
        monetary_value=_mean(_.repeat_amount, _.purchase_days - 1),
        average_order_value=_mean(_.amount, _.orders),
        paid_value=_mean(_.paid_amount, _.paid_days),
    ).drop("amount")


def _from_orders(orders: Any, by: Sequence[str]) -> Any:
    bought = orders.is_purchase
    return orders.group_by("customer_id").agg(
        total_value=orders.amount.sum(),
        first_order_at=orders.ordered_at.min(where=bought),
        last_order_at=orders.ordered_at.max(where=bought),
        **_attributes(orders, by),
    )


def _attributes(orders: Any, by: Sequence[str]) -> dict[str, Any]:
    order = ibis.struct({"ordered_at": orders.ordered_at, "order_id": orders.order_id})
    return {name: orders[name].argmin(order, where=orders.is_purchase) for name in by}


def _mean(total: Any, count: Any) -> Any:
    """A mean in float64; null where there is nothing to average."""
    return ibis.ifelse(
        count > 0, total.cast("float64") / count.cast("float64"), ibis.null("float64")
    )
