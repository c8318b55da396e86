"""Where each customer stands: purchases so far and the days of the last two, at one end or at many."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.customer_keys import with_ids
from retention.engine.purchase_days import purchase_days
from retention.engine.spells import Spells

STANDING = ("customer_id", "purchase_days", "day", "last_gap_days")


def standings(orders: Any) -> Any:
    """One row per customer as of the orders' end: the last purchase day needs no grouping."""
    days = purchase_days(orders)
    return _named(with_ids(days.filter(days.next_day.isnull()), orders)).select(*STANDING)


def standings_at_ends(spells: Spells) -> Any:
    """The same at each end, with its `end_number`; who has bought nothing that counts has no row."""
    parts = [_at_ends(part) for part in spells.with_ids()]
    return parts[0] if len(parts) == 1 else parts[0].union(parts[1])


def _at_ends(rows: Any) -> Any:
    rows = rows.filter(rows.number > 0)
    rows = rows.mutate(end_number=ibis.range(rows.start, rows.stop).unnest())
    return _named(rows).select(*STANDING, "end_number")


def _named(rows: Any) -> Any:
    return rows.mutate(purchase_days=rows.number, last_gap_days=rows.day - rows.previous_day)
