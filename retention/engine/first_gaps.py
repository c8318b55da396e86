"""The time from the first purchase to the second, of two sides: a group, and what it is held against."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import ibis
from ibis import _

from retention.engine.age_scale import AgeScale
from retention.engine.first_days import first_days
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
    until = ibis.coalesce(firsts.next_day, ibis.literal(scale.as_of_day, "int64"))
    gaps = firsts.select(
        side=_side(value, group, baseline),
        gap_days=until - firsts.first_day,
        is_censored=firsts.next_day.isnull(),
    )
    counted = gaps.filter(gaps.side.notnull()).group_by("side", "gap_days", "is_censored")
    return counted.agg(customers=_.count())


def _side(value: Any, group: Collection[Any], baseline: Collection[Any] | None) -> Any:
    nobody = ibis.null("string")
    others = ibis.literal(BASELINE)
    if baseline is not None:
        others = ibis.ifelse(value.isin(list(baseline)), BASELINE, nobody)
    return ibis.ifelse(value.isin(list(group)), GROUP, others)
