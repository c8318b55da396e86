"""Calendar arithmetic: as-of dates, period numbers, and the dates on which periods begin and end.

A period is a whole number: days, weeks, months, quarters or years since 1970. The age between two
periods is their difference, so no function ever counts days to guess a month.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Literal, get_args

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, choose, shown

Period = Literal["day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "quarter", "year")
WeekStart = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]  # fmt: skip
WEEK_STARTS: tuple[WeekStart, ...] = get_args(WeekStart)
# Days of a period that is counted from each customer's own first purchase.
PERIOD_DAYS: dict[Period, int] = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
EPOCH = pd.Timestamp("1970-01-01")
# 2024-02-29 or 20240229, also with a time: the only text that can be read in no second way.
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d.*)?|\d{8}(T\d\d.*)?")
_DAY_LAST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{4})")
# What is counted from a day, such as a horizon, must have a year of four digits, too.
_YEARS = (1000, 9000)
# Arguments that name the first day of something; of the others the last day is meant.
_FIRST_DAYS = ("history_start", "start", "period")


def as_day(value: str | date | pd.Timestamp | np.datetime64, name: str = "as_of") -> pd.Timestamp:
    """A local date without a time, from text (ISO), date or timestamp.

    Text that can be read in several ways is no date: 05/01/2024 is 5 January or 1 May. Of a moment
    with a timezone, the day is the one on the calendar there.

    Examples
    --------
    >>> as_day("2024-02-29")
    Timestamp('2024-02-29 00:00:00')
    """
    if isinstance(value, str):
        value = value.strip()
        if not _ISO.fullmatch(value):
            raise ArgumentError(_not_iso(value, name))
    elif value is not None and not isinstance(value, (date, np.datetime64)):
        raise ArgumentError(_no_date(value, name))
    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError) as error:
        raise ArgumentError(_no_date(value, name)) from error
    if pd.isna(day):
        raise ArgumentError(f'{name}: no date given. Write it as "2024-12-31".')
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise ArgumentError(
            f"{name}: {str(value)!r} lies outside of the years {_YEARS[0]} to {_YEARS[1]}. Write it as "
            '"2024-12-31".'
        )
    return day.tz_localize(None).normalize().as_unit("us")


def _no_date(value: object, name: str) -> str:
    return f'{name}: {shown(value)} is not a date. Write it as "2024-12-31".'


def _not_iso(value: str, name: str) -> str:
    """What text that is not ISO could mean, each as it should be written."""
    days = _readings(value)
    if len(days) == 2:
        first, second = (f"{day.day} {calendar.month_name[day.month]}" for day in days)
        return (
            f"{name}: {value!r} can be {first} or {second} {days[0].year}: write '{days[0]}' or "
            f"'{days[1]}'."
        )
    if days:
        return f"{name}: {value!r} is not written year, month, day: write '{days[0]}'."
    month = _month(value)
    if month is None:
        return _no_date(value, name)
    last = calendar.monthrange(month.year, month.month)[1]
    is_first = name in _FIRST_DAYS
    day = month if is_first else month.replace(day=last)
    return f"{name}: {value!r} is a month: name its {'first' if is_first else 'last'} day, '{day}'."


def _readings(value: str) -> list[date]:
    """The days that three numbers can mean, day first before month first."""
    if found := _DAY_LAST.fullmatch(value):
        year, month, day = map(int, found.groups())
        orders = [(year, month, day)]
    elif found := _YEAR_LAST.fullmatch(value):
        first, second, year = map(int, found.groups())
        orders = [(year, second, first), (year, first, second)]
    else:
        return []
    return [date(*order) for order in dict.fromkeys(orders) if _is_day(*order)]


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 0 < month < 13 and 0 < day <= calendar.monthrange(year, month)[1]


def _month(value: str) -> date | None:
    """The first day of the month that two numbers name, None if they name none."""
    if not (found := _MONTH.fullmatch(value)):
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    return date(year, month, 1) if _is_day(year, month, 1) else None


def week_shift(week_start: WeekStart) -> int:
    """Days to add to a day number so that weeks of seven begin on that weekday.

    Examples
    --------
    >>> week_shift("monday"), week_shift("sunday")
    (3, 4)
    """
    choose("week_start", week_start, WEEK_STARTS)
    # 1970-01-01 was a Thursday.
    return (3 - WEEK_STARTS.index(week_start)) % 7


def period_number(day: pd.Timestamp, period: Period, week_start: WeekStart = "monday") -> int:
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
            return (days + week_shift(week_start)) // 7
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


def period_start(number: int, period: Period, week_start: WeekStart = "monday") -> pd.Timestamp:
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
            start = EPOCH + pd.Timedelta(days=number * 7 - week_shift(week_start))
        case "month":
            start = pd.Timestamp(1970 + number // 12, number % 12 + 1, 1)
        case "quarter":
            start = pd.Timestamp(1970 + number // 4, number % 4 * 3 + 1, 1)
        case _:
            start = pd.Timestamp(1970 + number, 1, 1)
    return start.as_unit("us")


def period_end(number: int, period: Period, week_start: WeekStart = "monday") -> pd.Timestamp:
    """The last day of a period, included whole."""
    return period_start(number + 1, period, week_start) - pd.Timedelta(days=1)


def period_label(start: pd.Timestamp, period: Period) -> str:
    """A short name that sorts in time: 2024-03, 2024-Q1, 2024-W09, 2024-03-31, 2024.

    A week that does not begin on a Monday has no number in the calendar; its first day names it.

    Examples
    --------
    >>> [period_label(pd.Timestamp("2024-04-01"), p) for p in ("month", "quarter", "week")]
    ['2024-04', '2024-Q2', '2024-W14']
    """
    match period:
        case "day":
            return f"{start:%Y-%m-%d}"
        case "week":
            return f"{start:%G-W%V}" if start.day_of_week == 0 else f"{start:%Y-%m-%d}"
        case "month":
            return f"{start:%Y-%m}"
        case "quarter":
            return f"{start.year}-Q{start.quarter}"
        case _:
            return f"{start.year}"
