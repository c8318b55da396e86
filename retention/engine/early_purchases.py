"""Customers by how often they bought, at every end: so far, and in a first time that all of them had."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.end_scale import EndScale
from retention.engine.spells import Spells

COUNTS = ("start", "stop", "purchase_days", "customers")


def purchases_so_far(found: Spells, attributes: Sequence[Any], *, by: tuple[str, ...]) -> list[Any]:
    """Customers by purchase days, from the end `start` to the one before `stop`."""
    parts = [rows.filter(rows.number > 0) for rows in found.parts()]
    return [
        _counted(rows.mutate(purchase_days=rows.number), theirs, by)
        for rows, theirs in zip(parts, attributes, strict=True)
    ]


def early_purchases(
    found: Spells, attributes: Sequence[Any], *, scale: EndScale, by: tuple[str, ...], within: int
) -> list[Any]:
    """The same within so many days of the first purchase, from the end on at which these are over."""
    days = found.days
    is_early = days.day - days.first_day <= within
    is_over = (days.next_day - days.first_day > within).fill_null(True)
    # The last early day of each customer has the number of all of them.
    plain = days.filter(is_early & is_over).select(
        "customer",
        start=scale.from_first(days.first_day + within),
        stop=ibis.literal(scale.last + 1, "int64"),
        purchase_days=days.number,
    )
    parts = [plain.filter(plain.start <= scale.last)]
    if found.restated is not None:
        rows = found.restated.filter(found.restated.number > 0)
        mature = rows.filter(rows.start >= scale.number(rows.first_day + within))
        parts.append(mature.mutate(purchase_days=mature.early_days))
    return [_counted(rows, theirs, by) for rows, theirs in zip(parts, attributes, strict=True)]


def _counted(rows: Any, attributes: Any, by: tuple[str, ...]) -> Any:
    """`attributes`: by `customer`, where there are any."""
    if by:
        rows = rows.select("customer", *COUNTS[:-1]).join(attributes, "customer")
    return rows.group_by(*by, *COUNTS[:-1]).agg(customers=_.count())
