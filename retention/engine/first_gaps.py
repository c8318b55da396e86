"""The time from the first purchase to the second, of two sides: a group, and what it is held against."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import ibis
from ibis import _

from retention.engine.age_scale import AgeScale
from retention.engine.first_days import first_days
from retention.engine.purchase_days import purchase_days
from retention.names import MISSING

GROUP, BASELINE = "group", "baseline"


def first_gaps(
    orders: Any,
    *,
    scale: AgeScale,
    by: str | None,
    group: Collection[Any],
    baseline: Collection[Any] | None,
    from_day: int,
) -> Any:
    """Customers by side, length of their first gap, and whether it is open.

    Sides are told by the attribute `by`, or by the cohort's number; without a `baseline` it is all
    others. Customers who began before `from_day` are left out.
    """
    firsts = first_days(orders, by=(by,) if by else ()).filter(_.first_day >= from_day)
    value = firsts[by].fill_null(MISSING) if by else scale.cohort(firsts.first_day)
    firsts = firsts.select("customer_id", side=_side(value, group, baseline))
    days = purchase_days(orders)
    gaps = days.filter(days.number == 1).select("customer_id", "day", "next_day")
    rows = gaps.join(firsts.filter(firsts.side.notnull()), "customer_id")
    until = ibis.coalesce(rows.next_day, ibis.literal(scale.as_of_day, "int64"))
    counted = rows.group_by("side", gap_days=until - rows.day, is_censored=rows.next_day.isnull())
    return counted.agg(customers=_.count())


def _side(value: Any, group: Collection[Any], baseline: Collection[Any] | None) -> Any:
    nobody = ibis.null("string")
    others = ibis.literal(BASELINE)
    if baseline is not None:
        others = ibis.ifelse(value.isin(list(baseline)), BASELINE, nobody)
    return ibis.ifelse(value.isin(list(group)), GROUP, others)
