"""Gaps one by one, with what groups them and when they began; nothing here leaves the engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.customer_grain import first_attributes
from retention.engine.purchase_days import purchase_days
from retention.names import MISSING


def gap_rows(orders: Any, *, as_of_day: int, by: Sequence[str] = (), is_same: bool = False) -> Any:
    """One row per purchase day: the gap that begins there, `since_first` days after the first.

    Columns: by (text, a missing one is `(missing)`), customer_id, order_number, since_first, T,
    gap_days, is_censored. With `is_same` only days count on which the customer bought what the first
    order's attributes `by` name: the gaps between those.
    """
    firsts = _named(first_attributes(orders, by), by) if by else None
    bought = _same(orders, firsts, by) if is_same else orders
    days = purchase_days(bought)
    first = days.filter(days.number == 1).select("customer_id", first_day="day")
    if firsts is not None:
        first = first.join(firsts, "customer_id")
    rows = days.select("customer_id", "day", "next_day", "number").join(first, "customer_id")
    now = ibis.literal(as_of_day, "int64")
    return rows.select(
        *by,
        "customer_id",
        order_number=rows.number,
        since_first=rows.day - rows.first_day,
        T=now - rows.first_day,
        gap_days=ibis.coalesce(rows.next_day, now) - rows.day,
        is_censored=rows.next_day.isnull(),
    )


def _named(rows: Any, by: Sequence[str]) -> Any:
    return rows.mutate(**{name: rows[name].fill_null(MISSING) for name in by})


def _same(orders: Any, firsts: Any, by: Sequence[str]) -> Any:
    """The orders whose attributes are those of their customer's first one."""
    theirs = firsts.rename(**{f"{name} at first": name for name in by})
    rows = _named(orders.filter(orders.is_purchase), by).join(theirs, "customer_id")
    same = [rows[name] == rows[f"{name} at first"] for name in by]
    return rows.filter(same).drop(*(f"{name} at first" for name in by))
