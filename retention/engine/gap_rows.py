"""Gaps one by one, with what groups them and when they began; nothing here leaves the engine."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.customer_grain import first_attributes
from retention.engine.customer_keys import with_keys
from retention.engine.purchase_days import purchase_days
from retention.engine.time import day_number
from retention.names import MISSING


def gap_rows(
    orders: Any, *, as_of_day: int, by: tuple[str, ...] = (), is_same: bool = False
) -> Any:
    """One row per purchase day: the gap that begins there, `since_first` days after the first.

    Columns: by (text, a missing one is `(missing)`), customer, order_number, since_first, T, gap_days,
    is_censored. With `is_same` only days count on which the customer bought what the first order's
    attributes `by` name: the gaps between those.
    """
    firsts = _named(first_attributes(orders, by), by) if by else None
    days = _same_days(orders, firsts, by) if is_same else purchase_days(orders)
    rows = days.select("customer", "day", "next_day", "number", "first_day")
    if firsts is not None:
        rows = rows.join(firsts, "customer")
    now = ibis.literal(as_of_day, "int64")
    return rows.select(
        *by,
        "customer",
        order_number=rows.number,
        since_first=rows.day - rows.first_day,
        T=now - rows.first_day,
        gap_days=ibis.coalesce(rows.next_day, now) - rows.day,
        is_censored=rows.next_day.isnull(),
    )


def _named(rows: Any, by: tuple[str, ...]) -> Any:
    return rows.mutate(**{name: rows[name].fill_null(MISSING) for name in by})


def _same_days(orders: Any, firsts: Any, by: tuple[str, ...]) -> Any:
    """Purchase days with an order whose attributes are those of the customer's first one."""
    bought = _named(with_keys(orders.filter(orders.is_purchase), orders), by)
    bought = bought.select("customer", *by, day=day_number(bought.ordered_at))
    theirs = firsts.rename(**{f"{name} at first": name for name in by})
    both = bought.join(theirs, "customer")
    same = both.filter([both[name] == both[f"{name} at first"] for name in by])
    days = same.select("customer", "day").distinct()
    window = ibis.window(group_by="customer", order_by="day")
    return days.mutate(
        number=(ibis.row_number().over(window) + 1).cast("int64"),
        next_day=days.day.lead().over(window),
        first_day=days.day.first(include_null=True).over(window),
    )
