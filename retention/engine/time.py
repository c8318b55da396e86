"""Days and periods as whole numbers, the same on every engine."""

from __future__ import annotations

from typing import Any

import ibis

from retention.errors import choose
from retention.periods import MONDAY_SHIFT, PERIODS, Period


def day_number(moment: Any) -> Any:
    """Days since 1970-01-01 of a date or a local time."""
    date = moment if moment.type().is_date() else moment.date()
    return date.delta(ibis.date("1970-01-01"), unit="day").cast("int64")


def _date_of(day: Any) -> Any:
    """The date of a day counted from 1970-01-01."""
    return ibis.date("1970-01-01") + day.as_interval("D")


def period_of_day(day: Any, period: Period) -> Any:
    """Periods since 1970 of a day counted from 1970-01-01."""
    choose("period", period, PERIODS)
    match period:
        case "day":
            return day
        case "week":
            return ((day + MONDAY_SHIFT) / 7).floor().cast("int64")
        case "month":
            return _months(_date_of(day))
        case "quarter":
            return (_months(_date_of(day)) / 3).floor().cast("int64")
        case _:
            return _date_of(day).year().cast("int64") - 1970


def _months(date: Any) -> Any:
    return (date.year().cast("int64") - 1970) * 12 + (date.month().cast("int64") - 1)
