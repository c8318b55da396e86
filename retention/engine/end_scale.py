"""Days at whose end customers are looked at: ends of calendar periods, or any days that rise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ibis

from retention.engine.time import period_of_day
from retention.periods import Period, WeekStart


@dataclass(frozen=True)
class EndScale:
    """Ends, as day numbers, numbered one by one from `first` on; of a `period`, by its own number."""

    ends: tuple[int, ...]
    first: int = 0
    period: Period | None = None
    week_start: WeekStart = "monday"

    @property
    def last(self) -> int:
        """The number of the last end."""
        return self.first + len(self.ends) - 1

    def number(self, day: Any) -> Any:
        """The number of the first end on or after a day; it may lie before `first` or after `last`."""
        if self.period is not None:
            return period_of_day(day, self.period, self.week_start)
        return sum(((day > end).ifelse(1, 0) for end in self.ends), ibis.literal(0, "int64"))

    def from_first(self, day: Any) -> Any:
        """The same; what lies before the first end is seen at the first."""
        return ibis.greatest(self.number(day), self.first)

    def until_last(self, day: Any) -> Any:
        """The same; what lies after the last end, or never comes, is one past the last."""
        past = self.last + 1
        return ibis.ifelse(day.isnull(), past, ibis.least(self.number(day), past)).cast("int64")
