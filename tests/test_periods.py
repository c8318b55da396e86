"""Calendar arithmetic: no function counts days to guess a month."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import ArgumentError
from retention.periods import (
    PERIODS,
    as_day,
    period_end,
    period_label,
    period_number,
    period_start,
)

DAYS = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 12, 31)).map(pd.Timestamp)

# Examples


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-29",
        " 2024-02-29 ",
        "20240229",
        "2024-02-29 23:59",
        "2024-02-29T23:59:00+07:00",
        np.datetime64("2024-02-29"),
        dt.date(2024, 2, 29),
        dt.datetime(2024, 2, 29, 23, 59),
        pd.Timestamp("2024-02-29 23:59", tz="Asia/Ho_Chi_Minh"),
    ],
)
def test_a_day_is_a_local_date_without_a_time(value: object) -> None:
    day = as_day(value)
    assert day == pd.Timestamp("2024-02-29")
    assert day.unit == "us"


@pytest.mark.parametrize(
    ("period", "start", "end", "label"),
    [
        ("day", "2024-12-31", "2024-12-31", "2024-12-31"),
        ("week", "2024-12-30", "2025-01-05", "2025-W01"),
        ("month", "2024-12-01", "2024-12-31", "2024-12"),
        ("quarter", "2024-10-01", "2024-12-31", "2024-Q4"),
        ("year", "2024-01-01", "2024-12-31", "2024"),
    ],
)
def test_the_period_of_new_years_eve(period: str, start: str, end: str, label: str) -> None:
    number = period_number(pd.Timestamp("2024-12-31 23:59"), period)
    first = period_start(number, period)
    assert first == pd.Timestamp(start)
    assert period_end(number, period) == pd.Timestamp(end)
    assert period_label(first, period) == label


# Laws


@given(day=DAYS)
def test_every_day_lies_in_its_period_alone(day: pd.Timestamp) -> None:
    for period in PERIODS:
        number = period_number(day, period)
        assert period_start(number, period) <= day < period_start(number + 1, period)
        assert period_number(period_start(number, period), period) == number
        assert period_number(period_end(number, period), period) == number


@given(first=DAYS, second=DAYS)
def test_labels_sort_in_time(first: pd.Timestamp, second: pd.Timestamp) -> None:
    for period in PERIODS:
        starts = sorted(period_start(period_number(day, period), period) for day in (first, second))
        labels = [period_label(start, period) for start in starts]
        assert labels == sorted(labels)
        assert (labels[0] == labels[1]) == (starts[0] == starts[1])


# Refusals


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "31/31/2024",
        "2024-02-30",
        "2024-13-01",
        "2024",
        "05/01/24",
        "",
        20240131,
        5.0,
        True,
        ["2024-01-01"],
    ],
)
def test_no_date(value: object) -> None:
    with pytest.raises(ArgumentError, match=r'cut: .* is not a date. Write it as "2024-12-31"'):
        as_day(value, "cut")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            "05/01/2024",
            "cut: '05/01/2024' can be 5 January or 1 May 2024: write '2024-01-05' or '2024-05-01'.",
        ),
        ("13/01/2024", "cut: '13/01/2024' is not written year, month, day: write '2024-01-13'."),
        ("01-13-2024", "cut: '01-13-2024' is not written year, month, day: write '2024-01-13'."),
        ("5.5.2024", "cut: '5.5.2024' is not written year, month, day: write '2024-05-05'."),
        ("2024/1/5", "cut: '2024/1/5' is not written year, month, day: write '2024-01-05'."),
        ("2024-02", "cut: '2024-02' is a month: name its last day, '2024-02-29'."),
        ("02/2024", "cut: '02/2024' is a month: name its last day, '2024-02-29'."),
    ],
)
def test_text_with_another_reading_is_shown_with_its_readings(value: str, said: str) -> None:
    with pytest.raises(ArgumentError) as refused:
        as_day(value, "cut")
    assert str(refused.value) == said


def test_a_month_begins_with_its_first_day() -> None:
    with pytest.raises(ArgumentError, match="is a month: name its first day, '2024-02-01'"):
        as_day("2024-02", "history_start")


@given(day=st.dates(dt.date(1000, 1, 1)))
def test_what_is_proposed_is_a_reading_of_the_text(day: dt.date) -> None:
    with pytest.raises(ArgumentError) as refused:
        as_day(f"{day:%d/%m/%Y}")
    assert f"'{day}'" in str(refused.value)
    assert as_day(str(day)) == pd.Timestamp(day)


@pytest.mark.parametrize("value", [None, pd.NaT])
def test_missing_date(value: object) -> None:
    with pytest.raises(ArgumentError, match=r'as_of: no date given. Write it as "2024-12-31"'):
        as_day(value)


def test_unknown_period() -> None:
    with pytest.raises(
        ArgumentError, match="period: 'decade' is not one of 'day', 'week', 'month'"
    ):
        period_start(3, "decade")
    with pytest.raises(ArgumentError, match="period: 'decade'"):
        period_number(pd.Timestamp("2024-01-01"), "decade")
