"""Cohorts by name: 2024-03, 2024-Q1, 2024-W09, 2024, or the day on which they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from retention.errors import ArgumentError, examples
from retention.periods import PERIODS, Period, as_day, period_number, period_start

_SHAPES: dict[str, pd.DateOffset] = {
    r"\d{4}": pd.DateOffset(years=1),
    r"\d{4}-Q[1-4]": pd.DateOffset(months=3),
    r"\d{4}-\d{2}": pd.DateOffset(months=1),
    r"\d{4}-W\d{2}": pd.DateOffset(days=7),
}


def cohorts_named(cohorts: pd.Series, names: Any, argument: str) -> list[pd.Timestamp]:
    """The cohorts that begin within the named spans, in the order of time.

    Raises
    ------
    ArgumentError
        If a name names none of them.

    Examples
    --------
    >>> starts = pd.Series(pd.to_datetime(["2024-01-01", "2024-02-01", "2025-01-01"]))
    >>> [f"{start:%Y-%m}" for start in cohorts_named(starts, "2024", "group")]
    ['2024-01', '2024-02']
    """
    starts = sorted(cohorts.unique())
    is_one = isinstance(names, (str, date)) or not isinstance(names, Iterable)
    wanted = [names] if is_one else list(names)
    found: set[pd.Timestamp] = set()
    absent = []
    for name in wanted:
        first, end = _span(name, argument)
        inside = {start for start in starts if first <= start < end}
        absent += [] if inside else [name]
        found |= inside
    if absent or not wanted:
        shown = examples(f"{start:%Y-%m-%d}" for start in starts)
        raise ArgumentError(
            f"{argument}: {len(absent)} of {len(wanted)} names are of no cohort "
            f"({examples(absent)}); the {len(starts)} cohorts begin on {shown}"
            f"{' and later' if len(starts) > 3 else ''}. Name them like '2024-03', '2024-Q1' or '2024'."
        )
    return sorted(found)


def cohort_period(cohorts: pd.Series) -> Period:
    """The longest period of which each of the cohorts begins one, so that it names no two of them.

    Examples
    --------
    >>> cohort_period(pd.Series(pd.to_datetime(["2024-01-01", "2024-03-01"])))
    'month'
    >>> cohort_period(pd.Series(pd.to_datetime(["2024-01-01", "2024-01-03"])))
    'day'
    """
    starts = cohorts.drop_duplicates()
    fits = (period for period in reversed(PERIODS) if _begin(starts, period))
    return next(fits, "day")


def _begin(starts: pd.Series, period: Period) -> bool:
    return all(period_start(period_number(start, period), period) == start for start in starts)


def _span(name: str, argument: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day, and the day after the last."""
    for shape, length in _SHAPES.items():
        if isinstance(name, str) and re.fullmatch(shape, name):
            start = _start(name, argument)
            return start, start + length
    day = as_day(name, argument)
    return day, day + pd.Timedelta(days=1)


def _start(name: str, argument: str) -> pd.Timestamp:
    try:
        if "W" in name:
            return pd.Timestamp.fromisocalendar(int(name[:4]), int(name[6:]), 1)
        if "Q" in name:
            return pd.Period(name, freq="Q").to_timestamp()
        return pd.Timestamp(name)
    except ValueError as error:
        raise ArgumentError(f"{argument}: {name!r} is no period of the calendar.") from error
