"""The lunar new year as Vietnam keeps it: the day on which shops sell least, after their best weeks."""

from __future__ import annotations

import pandas as pd

# By the calendar of Hanoi, which differs from Beijing's in 2007 and 2030.
_DAYS = (
    "2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17 "
    "2008-02-07 2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 "
    "2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 "
    "2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 "
    "2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24 "
    "2040-02-12"
)
_BY_YEAR = {day.year: day for day in map(pd.Timestamp, _DAYS.split())}


def lunar_new_year(year: int) -> pd.Timestamp | None:
    """The first day of the lunar year, None before 2000 and after 2040.

    Examples
    --------
    >>> lunar_new_year(2025)
    Timestamp('2025-01-29 00:00:00')
    """
    return _BY_YEAR.get(year)


def holds_lunar_new_year(start: pd.Timestamp, end: pd.Timestamp) -> bool:
    """Whether one of the days from start to end is a lunar new year's day.

    Examples
    --------
    >>> holds_lunar_new_year(pd.Timestamp("2025-01-01"), pd.Timestamp("2025-01-31"))
    True
    """
    days = (lunar_new_year(year) for year in range(start.year, end.year + 1))
    return any(day is not None and start <= day <= end for day in days)
