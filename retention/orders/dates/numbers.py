"""Moments kept as numbers: days of a spreadsheet, seconds since 1970, and dates of eight digits."""

from __future__ import annotations

from typing import Any

import ibis

from retention.orders.dates.format import EPOCHS, EXCEL

# A number outside these moments is not taken for one: 1990 to 2100, in days and in seconds.
FIRST_DAY, LAST_DAY = 32_874, 73_051
FIRST_SECOND, LAST_SECOND = 631_152_000, 4_102_444_800
DAY_1970 = 25_569
# How many digits follow the day in a whole number, and the pattern that says so.
COMPACTS = {"%Y%m%d": 0, "%Y%m%d%H%M": 4, "%Y%m%d%H%M%S": 6}
# From where to below where the numbers of each kind lie; no number is of two kinds.
RANGES = {
    EXCEL: (FIRST_DAY, LAST_DAY),
    **{
        word: (FIRST_SECOND * round(1_000_000 / unit), LAST_SECOND * round(1_000_000 / unit))
        for word, unit in EPOCHS.items()
    },
    **{name: (10 ** (7 + digits), 10 ** (8 + digits)) for name, digits in COMPACTS.items()},
}


def counted_moment(number: Any, word: str) -> Any:
    """The moment that a count of days or seconds stands for, in UTC for the latter; null if none."""
    kept = _within(number, word)
    if word == EXCEL:
        seconds = ((kept - DAY_1970) * 86_400).round().cast("int64")
        return _start() + seconds.as_interval("s")
    if word == "epoch_s" and number.type().is_integer():
        return _start() + kept.cast("int64").as_interval("s")
    return _start() + _microseconds(kept, word).as_interval("us")


def compact_moment(number: Any, pattern: str) -> Any:
    """The moment that a whole number like 20240131 or 202401311030 spells; null if none."""
    digits = COMPACTS[pattern]
    whole = _within(number, pattern).cast("int64")
    kept = ibis.ifelse(whole == number, whole, ibis.null("int64"))
    clock = kept % 10**digits
    clock = clock * 100 if digits == 4 else clock
    seconds = _seconds(clock) if digits else ibis.literal(0, type="int64")
    return _day((kept - kept % 10**digits) / 10**digits) + seconds.as_interval("s")


def _within(number: Any, kind: str) -> Any:
    low, high = RANGES[kind]
    return ibis.ifelse((number >= low) & (number < high), number, ibis.null(number.type()))


def _microseconds(number: Any, word: str) -> Any:
    """Whole microseconds; of whole nanoseconds the remainder is cut off first, to stay exact."""
    if word == "epoch_ns":
        whole = number.cast("int64")
        return ((whole - whole % 1_000) / 1_000).round().cast("int64")
    factor = int(EPOCHS[word])
    if number.type().is_integer():
        return number.cast("int64") * factor
    return (number * factor).round().cast("int64")


def _start() -> Any:
    return ibis.timestamp("1970-01-01 00:00:00")


def _day(spelt: Any) -> Any:
    """A day of the calendar: the 31st of February is none."""
    number = spelt.round().cast("int64")
    year, month, day = (number / 10_000).floor().cast("int64"), _part(number, 100), number % 100
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    february = ibis.ifelse(is_leap, 29, 28)
    last = ibis.ifelse(month == 2, february, ibis.ifelse(month.isin([4, 6, 9, 11]), 30, 31))
    is_real = (month >= 1) & (month <= 12) & (day >= 1) & (day <= last)
    nothing = ibis.null("int64")
    return ibis.date(
        *(ibis.ifelse(is_real, part, nothing).cast("int32") for part in (year, month, day))
    ).cast("timestamp")


def _seconds(clock: Any) -> Any:
    hour, minute, second = (clock / 10_000).floor().cast("int64"), _part(clock, 100), clock % 100
    is_real = (hour <= 23) & (minute <= 59) & (second <= 59)
    return ibis.ifelse(is_real, hour * 3_600 + minute * 60 + second, ibis.null("int64"))


def _part(number: Any, unit: int) -> Any:
    return (number / unit).floor().cast("int64") % 100
