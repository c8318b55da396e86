"""Gap grain: the time between two purchase days, the last one still open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.customer_grain import first_attributes
from retention.engine.purchase_days import purchase_days


def gap_counts(orders: Any, *, as_of_day: int, by: Sequence[str] = ()) -> Any:
    """Gaps by the number of the purchase they start from, their length and whether they are open."""
    days = purchase_days(orders)
    if by:
        days = days.join(first_attributes(orders, by), "customer_id")
    gaps = days.mutate(
        order_number=days.number,
        is_censored=days.next_day.isnull(),
        gap_days=ibis.coalesce(days.next_day, ibis.literal(as_of_day, "int64")) - days.day,
    )
    return gaps.group_by(*by, "order_number", "gap_days", "is_censored").agg(customers=gaps.count())


def silences(orders: Any, *, as_of_day: int, return_window: int) -> Any:
    """Customers at month ends by days silent, with the sums that clustered limits need.

    One observation is a customer at a month end whose following `return_window` days are known.
    `observed` and `returned` count observations; `customers` those whose longest silence it is. A
    customer seen at many month ends is one cluster: walking from the longest silence down,
    `observed_sq`, `returned_sq` and `cross` are the steps by which the squares and the product of the
    customer's running counts grow, so that their sums from d upwards are the sums over customers of
    N(d)^2, Y(d)^2 and N(d) Y(d).
    """
    seen = _month_ends(purchase_days(orders), as_of_day - return_window)
    is_back = (seen.next_day - seen.month_end <= return_window).fill_null(False)
    seen = seen.select(
        "customer_id", "month_end", silence=seen.month_end - seen.day, y=is_back.ifelse(1, 0)
    )
    window = ibis.window(
        group_by="customer_id", order_by=[ibis.desc("silence"), "month_end"], preceding=(None, 0)
    )
    running = seen.mutate(n_run=seen.count().over(window), y_run=seen.y.sum().over(window))
    steps = running.mutate(
        n_step=2 * _.n_run - 1,
        y_step=_.y * (2 * _.y_run - 1),
        cross_step=_.n_run * _.y_run - (_.n_run - 1) * (_.y_run - _.y),
    )
    return steps.group_by("silence").agg(
        customers=(_.n_run == 1).sum(),
        observed=_.count(),
        returned=_.y.sum(),
        observed_sq=_.n_step.sum(),
        returned_sq=_.y_step.sum(),
        cross=_.cross_step.sum(),
    )


def _month_ends(days: Any, last_day: int) -> Any:
    """Each purchase day with the month ends that lie in the silence after it, up to `last_day`."""
    spells = days.select(
        "customer_id",
        "day",
        "next_day",
        first_month=_months(days.day),
        end_month=_months(ibis.coalesce(days.next_day, ibis.literal(last_day + 1, "int64"))),
    )
    spells = spells.filter(spells.end_month >= spells.first_month).distinct()
    months = spells.mutate(month=ibis.range(spells.first_month, spells.end_month + 1).unnest())
    ends = months.mutate(month_end=_month_end(months.month))
    inside = (ends.month_end >= ends.day) & (ends.month_end <= last_day)
    return ends.filter(inside & (ends.next_day.isnull() | (ends.month_end < ends.next_day)))


def _months(day: Any) -> Any:
    date = ibis.date("1970-01-01") + day.as_interval("D")
    return (date.year().cast("int64") - 1970) * 12 + (date.month().cast("int64") - 1)


def _month_end(month: Any) -> Any:
    """The day number of the last day of a month: the day before the next one begins."""
    following = month + 1
    year = (following / 12).floor().cast("int64")
    first = ibis.date((year + 1970).cast("int32"), (following - year * 12 + 1).cast("int32"), 1)
    return first.delta(ibis.date("1970-01-01"), unit="day").cast("int64") - 1
