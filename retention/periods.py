"""Calendar arithmetic: as-of dates, period numbers, and the dates on which periods begin and end.

A period is a whole number: days, weeks, months, quarters or years since 1970. The age between two
periods is their difference, so no function ever counts days to guess a month.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import pandas as pd

from retention.errors import ArgumentError, choose

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
EPOCH = pd.Timestamp("1970-01-01")
# 1970-01-01 was a Thursday: shifting by three days makes weeks begin on Monday.
MONDAY_SHIFT = 3


def as_day(value: str | date | pd.Timestamp, name: str = "as_of") -> pd.Timestamp:
    """A local date without a time, from text (ISO), date or timestamp.

    Examples
    --------
    >>> as_day("2024-02-29")
    Timestamp('2024-02-29 00:00:00')
    """
    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as error:
        raise ArgumentError(
            f'{name}: {value!r} is not a date. Write it as "2024-12-31".'
        ) from error
    if pd.isna(day):
        raise ArgumentError(f'{name}: no date given. Write it as "2024-12-31".')
    return day.tz_localize(None).normalize().as_unit("us")


def period_number(day: pd.Timestamp, period: Period) -> int:
    """The number of the period that holds `day`.

    Examples
    --------
    >>> period_number(pd.Timestamp("2024-03-31"), "month") - period_number(
    ...     pd.Timestamp("2023-12-01"), "month")
    3
    """
    choose("period", period, PERIODS)
    days = (day.normalize() - EPOCH).days
    match period:
        case "day":
            return days
        case "week":
            return (days + MONDAY_SHIFT) // 7
        case "month":
            return (day.year - 1970) * 12 + day.month - 1
        case "quarter":
            return ((day.year - 1970) * 12 + day.month - 1) // 3
        case _:
            return day.year - 1970


def day_number(day: pd.Timestamp) -> int:
    """Days since 1970-01-01, as the engine counts them.

    Examples
    --------
    >>> day_number(pd.Timestamp("2024-02-29"))
    19782
    """
    return (day - EPOCH).days


def period_start(number: int, period: Period) -> pd.Timestamp:
    """The first day of a period.

    Examples
    --------
    >>> period_start(period_number(pd.Timestamp("2024-03-31"), "month"), "month")
    Timestamp('2024-03-01 00:00:00')
    """
    choose("period", period, PERIODS)
    number = int(number)
    match period:
        case "day":
            start = EPOCH + pd.Timedelta(days=number)
        case "week":
            start = EPOCH + pd.Timedelta(days=number * 7 - MONDAY_SHIFT)
        case "month":
            start = pd.Timestamp(1970 + number // 12, number % 12 + 1, 1)
        case "quarter":
            start = pd.Timestamp(1970 + number // 4, number % 4 * 3 + 1, 1)
        case _:
            start = pd.Timestamp(1970 + number, 1, 1)
    return start.as_unit("us")


def period_end(number: int, period: Period) -> pd.Timestamp:
    """The last day of a period, included whole."""
    return period_start(number + 1, period) - pd.Timedelta(days=1)


def period_label(start: pd.Timestamp, period: Period) -> str:
    """A short name that sorts in time: 2024-03, 2024-Q1, 2024-W09, 2024-03-31, 2024.

    Examples
    --------
    >>> [period_label(pd.Timestamp("2024-04-01"), p) for p in ("month", "quarter", "week")]
    ['2024-04', '2024-Q2', '2024-W14']
    """
    match period:
        case "day":
            return f"{start:%Y-%m-%d}"
        case "week":
            return f"{start:%G-W%V}"
        case "month":
            return f"{start:%Y-%m}"
        case "quarter":
            return f"{start.year}-Q{start.quarter}"
        case _:
            return f"{start.year}"
