"""Customers by cohort, how far they can be asked, and age: the ground of every cohort table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import ibis

from retention.engine.age_scale import AgeScale
from retention.engine.customer_grain import first_attributes
from retention.engine.first_days import first_days
from retention.engine.purchase_days import purchase_days

# Which purchase days count: each age's last; the last one up to an age; the second one.
Counted = Literal["every", "last", "second"]


def cohort_counts(
    orders: Any,
    *,
    scale: AgeScale,
    by: Sequence[str] = (),
    counted: Counted = "every",
    max_age: int | None = None,
) -> Any:
    """Customers who begin (`customers`) and who bought (`returned`), by attributes and age.

    Columns: by, cohort_number, reach, age, customers, returned. Purchase days carry the next one, so
    that the last of an age is known without sorting customers out again.
    """
    rows = _aged(orders, scale, by)
    if counted == "second":
        rows = rows.filter(rows.number <= 2)
    counts = rows.group_by(*by, "cohort_number", "reach", "age").agg(
        customers=(rows.number == 1).sum(), returned=_is_counted(rows, counted, max_age).sum()
    )
    return counts.filter((counts.customers > 0) | (counts.returned > 0))


def cohort_sizes(orders: Any, *, scale: AgeScale) -> Any:
    """Customers by cohort and how far they can be asked."""
    firsts = first_days(orders)
    keyed = firsts.group_by(
        cohort_number=scale.cohort(firsts.first_day), reach=scale.reach(firsts.first_day)
    )
    return keyed.agg(customers=firsts.count())


def _aged(orders: Any, scale: AgeScale, by: Sequence[str]) -> Any:
    rows = purchase_days(orders).select("customer", "day", "number", "next_day", "first_day")
    if by:
        rows = rows.join(first_attributes(orders, tuple(by)), "customer")
    return rows.select(
        *by,
        "number",
        cohort_number=scale.cohort(rows.first_day),
        reach=scale.reach(rows.first_day),
        age=scale.age(rows.day, rows.first_day),
        next_age=ibis.ifelse(
            rows.next_day.isnull(),
            ibis.null("int64"),
            scale.age(ibis.coalesce(rows.next_day, rows.day), rows.first_day),
        ),
    )


def _is_counted(rows: Any, counted: Counted, max_age: int | None) -> Any:
    """Exactly one purchase day per customer and age, or per customer."""
    if counted == "second":
        return rows.number == 2
    is_end = rows.next_age.isnull()
    if counted == "last":
        return (rows.age <= max_age) & (is_end | (rows.next_age > max_age))
    return is_end | (rows.next_age != rows.age)
