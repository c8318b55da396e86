"""Counts of gaps, by the number of the purchase that they follow, among customers seen long enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ibis import _


def landmark_counts(
    gaps: Any, *, by: Sequence[str], last_number: int, reach_days: int, within_days: int
) -> Any:
    """Customers by order number, length of the gap, and whether it is open.

    After the first purchase everybody; after a later one those who made it within `reach_days` of the
    first, of all whose first purchase lies `reach_days + within_days` back: they were observed for at
    least `within_days` after it, however long the history is.
    """
    is_seen = (gaps.since_first <= reach_days) & (gaps["T"] >= reach_days + within_days)
    seen = gaps.filter(gaps.order_number <= last_number, (gaps.order_number == 1) | is_seen)
    return seen.group_by(*by, "order_number", "gap_days", "is_censored").agg(customers=_.count())


def rungs(
    gaps: Any, *, by: Sequence[str], last_number: int, reach_days: int, within: Sequence[int]
) -> Any:
    """Per order number and each of `within` days: `eligible_d` customers and those `returned_d`.

    Eligible were observed so many days after the purchase: after the first one all with T of so many
    days, after a later one those who `landmark_counts` takes.
    """
    rows = gaps.filter(gaps.order_number <= last_number)
    is_first = rows.order_number == 1
    sums: dict[str, Any] = {}
    for days in within:
        is_later = (rows.since_first <= reach_days) & (rows["T"] >= reach_days + days)
        is_seen = (is_first & (rows["T"] >= days)) | (~is_first & is_later)
        is_back = is_seen & ~rows.is_censored & (rows.gap_days <= days)
        sums |= {f"eligible_{days}": is_seen.sum(), f"returned_{days}": is_back.sum()}
    return rows.group_by(*by, "order_number").agg(**sums)
