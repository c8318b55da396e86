"""Gap grain: the time between two purchase days, the last one still open."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.customer_grain import first_attributes
from retention.engine.kept_once import kept_once
from retention.engine.purchase_days import purchase_days
from retention.engine.time import day_number, period_of_day


@kept_once
def gap_counts(orders: Any, *, as_of_day: int, by: tuple[str, ...] = ()) -> Any:
    """Gaps by the number of the purchase they start from, their length and whether they are open."""
    days = purchase_days(orders)
    if by:
        days = days.join(first_attributes(orders, by), "customer")
    gaps = days.mutate(
        order_number=days.number,
        is_censored=days.next_day.isnull(),
        gap_days=ibis.coalesce(days.next_day, ibis.literal(as_of_day, "int64")) - days.day,
    )
    return gaps.group_by(*by, "order_number", "gap_days", "is_censored").agg(customers=gaps.count())


@kept_once
def silences(orders: Any, *, as_of_day: int, return_window: int, by: tuple[str, ...] = ()) -> Any:
    """Customers at month ends by attributes and days silent, with the sums that clustered limits need.

    One observation is a customer at a month end whose following `return_window` days are known.
    `observed` and `returned` count observations; `customers` those whose longest silence it is. A
    customer seen at many month ends is one cluster: walking from the longest silence down,
    `observed_sq`, `returned_sq` and `cross` are the steps by which the squares and the product of the
    customer's running counts grow, so that their sums from d upwards are the sums over customers of
    N(d)^2, Y(d)^2 and N(d) Y(d).
    """
    days = purchase_days(orders)
    if by:
        days = days.join(first_attributes(orders, by), "customer")
    seen = _month_ends(_spells(days, by), as_of_day - return_window)
    is_back = (seen.next_day - seen.month_end <= return_window).fill_null(False)
    seen = seen.select(
        *by, "customer", "alike", silence=seen.month_end - seen.day, y=is_back.ifelse(1, 0)
    )
    # Two month ends with the same silence count together, whichever comes first.
    window = ibis.window(
        group_by="customer", order_by=[ibis.desc("silence"), "y"], preceding=(None, 0)
    )
    running = seen.mutate(n_run=seen.count().over(window), y_run=seen.y.sum().over(window))
    steps = running.mutate(
        n_step=2 * _.n_run - 1,
        y_step=_.y * (2 * _.y_run - 1),
        cross_step=_.n_run * _.y_run - (_.n_run - 1) * (_.y_run - _.y),
    )
    return steps.group_by(*by, "silence").agg(
        customers=(_.alike * (_.n_run == 1).ifelse(1, 0)).sum().cast("int64"),
        observed=_.alike.sum().cast("int64"),
        returned=(_.alike * _.y).sum().cast("int64"),
        observed_sq=(_.alike * _.n_step).sum().cast("int64"),
        returned_sq=(_.alike * _.y_step).sum().cast("int64"),
        cross=(_.alike * _.cross_step).sum().cast("int64"),
    )


def _spells(days: Any, by: tuple[str, ...]) -> Any:
    """Purchase days and the silence after each; those who bought once on one day are one row."""
    is_only = (days.number == 1) & days.next_day.isnull()
    once = days.filter(is_only).group_by(*by, "day").agg(customer=_.customer.min(), alike=_.count())
    once = once.mutate(next_day=ibis.null("int64"))
    others = days.filter(~is_only).mutate(alike=ibis.literal(1, "int64"))
    columns = (*by, "customer", "day", "next_day", "alike")
    return others.select(*columns).union(once.select(*columns))


def _month_ends(spells: Any, last_day: int) -> Any:
    """Each spell with the month ends that lie in it, up to `last_day`."""
    until = ibis.least(spells.next_day.fill_null(last_day + 1), last_day + 1)
    spells = spells.mutate(
        first_month=period_of_day(spells.day, "month"), end_month=period_of_day(until, "month")
    )
    # A month ends before a day if the day lies in a later month.
    spells = spells.filter(spells.end_month > spells.first_month)
    months = spells.mutate(seen_month=ibis.range(spells.first_month, spells.end_month).unnest())
    return months.mutate(month_end=_month_end(months.seen_month))


def _month_end(month: Any) -> Any:
    """The day number of the last day of a month: the day before the next one begins."""
    following = month + 1
    year = (following / 12).floor().cast("int64")
    first = ibis.date((year + 1970).cast("int32"), (following - year * 12 + 1).cast("int32"), 1)
    return day_number(first) - 1
