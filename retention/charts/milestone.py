"""The day at which a curve is read aloud, and what it says there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from retention.charts.number import format_number
from retention.charts.picture import Series
from retention.texts import text

# The last points of a curve rest on the fewest, so it is read at a round day.
_DAYS = (365, 180, 90, 30)


class Milestone(NamedTuple):
    """A round day, and the share of each curve by then, with its limits where it has any."""

    day: int
    shares: tuple[str, ...]


def milestone(lines: Sequence[Series]) -> Milestone | None:
    """The last of the days that people ask for to which all curves reach; None before the first.

    Examples
    --------
    >>> milestone([Series("all", (*[0.0] * 30, 0.25, 0.3))])
    Milestone(day=30, shares=('25.0%',))
    """
    reach = min(sum(value is not None for value in line.values) for line in lines)
    day = next((day for day in _DAYS if day < reach), None)
    return None if day is None else Milestone(day, tuple(_share(line, day) for line in lines))


def _share(line: Series, day: int) -> str:
    value, low, high = (
        format_number(values[day], number_format="percent") if values else ""
        for values in (line.values, line.low, line.high)
    )
    if not low or not high:
        return value
    return text("{value} ({level}%: {low} to {high})", value=value, level=95, low=low, high=high)
