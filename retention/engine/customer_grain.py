"""Customer grain: one row per customer with at least one purchase day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.customer_keys import with_ids, with_keys
from retention.engine.kept_once import kept_once
from retention.engine.purchase_days import money_left, purchase_days


def customers(orders: Any, *, as_of_day: int, by: Sequence[str] = ()) -> Any:
    """Counts, ages and money per customer, and the first order's attributes named in `by`."""
    rows = _with_money(_from_days(purchase_days(orders), as_of_day), orders)
    if by:
        rows = rows.join(first_attributes(orders, tuple(by)), "customer")
    return with_ids(rows, orders)


@kept_once
def first_attributes(orders: Any, by: tuple[str, ...]) -> Any:
    """One row per `customer`: the attributes of the first order that counts, frozen."""
    bought = orders.filter(orders.is_purchase)
    order = ibis.struct({"ordered_at": bought.ordered_at, "order_id": bought.order_id})
    first = bought.group_by("customer_id").agg(**{name: bought[name].argmin(order) for name in by})
    # Customers are fewer than orders: keys are looked up last.
    return with_keys(first, orders)


def _from_days(days: Any, as_of_day: int) -> Any:
    repeat = days.number > 1
    paid = repeat & (days.amount > 0)
    is_last = days.next_day.isnull()
    grouped = days.group_by("customer").agg(
        purchase_days=days.count(),
        orders=days.orders.sum(),
        amount=days.amount.sum(),
        first_day=days.day.min(),
        last_day=days.day.max(),
        first_order_at=days.first_at.min(),
        last_order_at=days.last_at.max(),
        repeat_amount=days.amount.sum(where=repeat),
        day_before=days.day.max(where=~is_last),
        paid_days=paid.sum(),
        paid_amount=days.amount.sum(where=paid),
        log_gaps=(days.next_day - days.day).cast("float64").ln().sum(),
    )
    return grouped.mutate(
        frequency=_.purchase_days - 1,
        recency=_.last_day - _.first_day,
        T=as_of_day - _.first_day,
        days_since_last_order=as_of_day - _.last_day,
        last_gap_days=_.last_day - _.day_before,
        monetary_value=_mean(_.repeat_amount, _.purchase_days - 1),
        average_order_value=_mean(_.amount, _.orders),
        paid_value=_mean(_.paid_amount, _.paid_days),
        log_gaps=_.log_gaps.fill_null(0.0),
    )


def _with_money(rows: Any, orders: Any) -> Any:
    """Adds `total_value`: the money of every order, also of those that are no purchases."""
    left = money_left(orders)
    left = left.group_by("customer").agg(left=left.amount.sum())
    both = rows.left_join(left, "customer").drop("customer_right")
    return both.mutate(total_value=both.amount + both.left.fill_null(0)).drop("amount", "left")


def _mean(total: Any, count: Any) -> Any:
    """A mean in float64; null where there is nothing to average."""
    return ibis.ifelse(
        count > 0, total.cast("float64") / count.cast("float64"), ibis.null("float64")
    )
