"""The days at whose end customers are looked at: the last ends of a calendar period, or a list of days."""

from __future__ import annotations

import pandas as pd

from retention.engine.end_scale import EndScale
from retention.errors import ArgumentError, choose
from retention.orders.orders import Orders
from retention.periods import PERIODS, Period, day_number, period_end, period_number
from retention.tables.listed_days import As_ofs, listed_days, orders_until

# Moves over a year, if nothing else is said.
PERIOD_ENDS = 13


def given_ends(
    orders: Orders | pd.DataFrame, as_of: As_ofs, *, period: Period, least: int = 1
) -> tuple[Orders, EndScale]:
    """The orders, and the ends: of the last complete periods by as_of, or the days of a list.

    Raises
    ------
    ArgumentError
        If there are fewer than `least` ends, or a day lies after the orders' own or before them.
    """
    choose("period", period, PERIODS)
    days = listed_days(as_of)
    given = orders_until(orders, as_of)
    scale = day_scale(given, days) if days else _calendar(given, period)
    if len(scale.ends) < least:
        raise ArgumentError(
            f"as_of: {len(scale.ends)} of {least} needed ends lie between the first day of the orders, "
            f"{given.history_start:%Y-%m-%d}, and {given.as_of:%Y-%m-%d}. Take a shorter period=, or "
            'name the days: as_of=["2024-01-31", "2024-02-29"].'
        )
    return given, scale


def day_scale(orders: Orders, days: list[pd.Timestamp]) -> EndScale:
    """Days of one's own; each has to lie within the orders."""
    for day in days:
        orders.at(day)
    return EndScale(tuple(day_number(day) for day in days))


def _calendar(orders: Orders, period: Period) -> EndScale:
    """The ends of the last complete periods."""
    week_start = orders.options.week_start
    last = period_number(orders.as_of + pd.Timedelta(days=1), period, week_start) - 1
    first = max(period_number(orders.history_start, period, week_start), last - PERIOD_ENDS + 1)
    numbers = range(first, last + 1)
    ends = tuple(day_number(period_end(number, period, week_start)) for number in numbers)
    return EndScale(ends, first, period, week_start)
