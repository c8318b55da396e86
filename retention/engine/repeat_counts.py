"""How many customers were observed long enough, and how many of them came back in time."""

from __future__ import annotations

from typing import Any


def repeat_counts(days: Any, *, as_of_day: int, within_days: int) -> Any:
    """From purchase days, one row: `eligible` customers with T >= within_days, and `returned` of them."""
    first = days.filter(days.number == 1)
    eligible = as_of_day - first.day >= within_days
    back = eligible & (first.next_day - first.day <= within_days).fill_null(False)
    return first.agg(eligible=eligible.sum().fill_null(0), returned=back.sum().fill_null(0))
