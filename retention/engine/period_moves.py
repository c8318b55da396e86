"""Who buys in a period and bought in the one before or after, and for how much: growth accounting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.customer_grain import first_attributes
from retention.engine.customer_keys import with_ids
from retention.engine.purchase_days import purchase_days
from retention.engine.time import day_number, period_of_day
from retention.periods import Period, WeekStart

COUNTS = ("active", "new", "retained", "reactivated", "leaving")
VALUES = (
    "value_new", "value_reactivated", "value_retained", "value_expansion", "value_contraction",
    "value_leaving",
)  # fmt: skip


def period_moves(
    orders: Any, *, period: Period, week_start: WeekStart, by: tuple[str, ...] = ()
) -> Any:
    """Per group and `period_number`: customers who buy, by where they come from, and their money.

    `leaving` do not buy in the period after. Money is that of purchase days; of customers who bought in
    the period before, too, the lesser of both amounts is retained.
    """
    rows = _customer_periods(orders, period, week_start, by)
    is_new, is_retained = (
        rows.period_before.isnull(),
        (rows.period_before == rows.period_number - 1),
    )
    is_retained = is_retained.fill_null(False)
    is_back = ~is_new & ~is_retained
    is_leaving = (rows.period_after != rows.period_number + 1).fill_null(True)
    change = rows.amount - rows.amount_before
    return rows.group_by(*by, "period_number").agg(
        active=_.count(),
        new=is_new.sum(),
        retained=is_retained.sum(),
        reactivated=is_back.sum(),
        leaving=is_leaving.sum(),
        value_new=_sum(rows.amount, is_new),
        value_reactivated=_sum(rows.amount, is_back),
        value_retained=_sum(ibis.least(rows.amount, rows.amount_before), is_retained),
        value_expansion=_sum(change, is_retained & (change > 0)),
        value_contraction=_sum(-change, is_retained & (change < 0)),
        value_leaving=_sum(rows.amount, is_leaving),
    )


def money_without_purchase(
    orders: Any, *, period: Period, week_start: WeekStart, by: tuple[str, ...] = ()
) -> Any:
    """Per group and `period_number`: what refunds left of orders, or took in a month of their own."""
    left = orders.filter(~orders.is_purchase & (orders.amount != 0))
    number = period_of_day(day_number(left.ordered_at), period, week_start)
    rows = left.select("customer_id", "amount", period_number=number)
    if by:
        first = with_ids(first_attributes(orders, by), orders)
        rows = rows.left_join(first, "customer_id")
    return rows.group_by(*by, "period_number").agg(value_adjustment=rows.amount.sum())


def _customer_periods(orders: Any, period: Period, week_start: WeekStart, by: Sequence[str]) -> Any:
    """One row per customer and period with a purchase day, with those before and after beside it."""
    days = purchase_days(orders)
    days = days.select(
        "customer", "amount", period_number=period_of_day(days.day, period, week_start)
    )
    rows = days.group_by("customer", "period_number").agg(amount=_.amount.sum())
    window = ibis.window(group_by="customer", order_by="period_number")
    rows = rows.mutate(
        period_before=rows.period_number.lag().over(window),
        amount_before=rows.amount.lag().over(window),
        period_after=rows.period_number.lead().over(window),
    )
    return rows.join(first_attributes(orders, tuple(by)), "customer") if by else rows


def _sum(amount: Any, where: Any) -> Any:
    return amount.sum(where=where).fill_null(0)
