"""Days and periods as whole numbers, the same on every engine."""

from __future__ import annotations

from typing import Any

import ibis

from retention.errors import choose
from retention.periods import PERIODS, Period, WeekStart, week_shift


def day_number(moment: Any) -> Any:
    """Days since 1970-01-01 of a date or a local time."""
    return moment.date().delta(ibis.date("1970-01-01"), unit="day").cast("int64")


def period_number(moment: Any, period: Period, week_start: WeekStart = "monday") -> Any:
    """Periods since 1970, as `retention.periods.period_number` counts them."""
    choose("period", period, PERIODS)
    months = (moment.year().cast("int64") - 1970) * 12 + (moment.month().cast("int64") - 1)
    match period:
        case "day":
            return day_number(moment)
        case "week":
            return ((day_number(moment) + week_shift(week_start)) / 7).floor().cast("int64")
        case "month":
            return months
        case "quarter":
            return (months / 3).floor().cast("int64")
        case _:
            return moment.year().cast("int64") - 1970
