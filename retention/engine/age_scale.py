"""How the time since the first purchase is cut into ages, as expressions over day numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from retention.engine.time import period_of_day
from retention.periods import Period, WeekStart

# The age of days that lie in no bracket.
OUTSIDE = -1


@dataclass(frozen=True)
class AgeScale:
    """Ages in calendar periods, or, with `edges`, in days since each customer's first purchase.

    Age k of a scale with edges covers the days from `edges[k]` to the day before `edges[k + 1]`. With
    `step`, the edges are all multiples of it, without end.
    """

    period: Period
    week_start: WeekStart
    as_of_day: int
    as_of_number: int
    step: int | None = None
    edges: tuple[int, ...] | None = None

    def cohort(self, first_day: Any) -> Any:
        """The number of the period of the first purchase."""
        return self._number(first_day)

    def age(self, day: Any, first_day: Any) -> Any:
        """The age on a day; before the first purchase 0, in no bracket `OUTSIDE`."""
        if self.edges is not None:
            return _bracket(day - first_day, self.edges)
        if self.step is not None:
            return ibis.greatest(_floor(day - first_day, self.step), 0)
        return ibis.greatest(self._number(day) - self.cohort(first_day), 0)

    def reach(self, first_day: Any) -> Any:
        """The last age of which a customer can be asked: begun (calendar), or over (days)."""
        observed = ibis.literal(self.as_of_day, "int64") - first_day + 1
        if self.edges is not None:
            return _passed(observed, self.edges[1:]) - 1
        if self.step is not None:
            return _floor(observed, self.step) - 1
        return ibis.literal(self.as_of_number, "int64") - self.cohort(first_day)

    def _number(self, day: Any) -> Any:
        return period_of_day(day, self.period, self.week_start)


def _floor(number: Any, divisor: int) -> Any:
    return (number / divisor).floor().cast("int64")


def _passed(days: Any, edges: tuple[int, ...]) -> Any:
    """How many of the edges lie at or before."""
    return sum(((days >= edge).ifelse(1, 0) for edge in edges), ibis.literal(0, "int64"))


def _bracket(days: Any, edges: tuple[int, ...]) -> Any:
    """The last edge's bracket has no end, so it is none."""
    place = _passed(days, edges) - 1
    return ibis.ifelse(place == len(edges) - 1, OUTSIDE, place).cast("int64")
