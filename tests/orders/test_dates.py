"""Dates are read by the one order of day, month and year that fits, or refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.engine.frames import to_arrow
from retention.errors import ArgumentError, OrdersError
from retention.orders.dates import read_dates
from retention.orders.read import read_orders
from retention.orders.source import open_source


def read(values: list[Any], **options: Any) -> list[str]:
    """The values as the reader understands them."""
    rows = open_source(pd.DataFrame({"ordered_at": values})).rows
    options = {"timezone": None, "date_format": None} | options
    found = to_arrow(rows.select(at=read_dates(rows.ordered_at, **options)))["at"].to_pylist()
    return [f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00") for moment in found]


def lines(values: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": "a", "ordered_at": values, "amount": 1.0})


# Examples

READABLE = {
    "iso": (["2024-01-31", "2024-02-01 10:00"], ["2024-01-31", "2024-02-01 10:00:00"]),
    "iso with T": (["2024-01-31T23:59:59.5"], ["2024-01-31 23:59:59"]),
    "year first, points": (["2024.01.31"], ["2024-01-31"]),
    "a day above 12 proves the rest": (["05/04/2024", "31/01/2024"], ["2024-04-05", "2024-01-31"]),
    "month first, proven": (["05/04/2024", "01/31/2024"], ["2024-05-04", "2024-01-31"]),
    "points": (["31.01.2024", "1.2.2024"], ["2024-01-31", "2024-02-01"]),
    "two-digit years": (["31/01/24", "02/03/99"], ["2024-01-31", "1999-03-02"]),
    "digits only": (["20240131", "20240201"], ["2024-01-31", "2024-02-01"]),
    "whole numbers": ([20240131, 20240201], ["2024-01-31", "2024-02-01"]),
    "time first": (["10:30 31/01/2024"], ["2024-01-31 10:30:00"]),
    "am and pm": (
        ["1/31/2024 01:05 PM", "2/1/2024 12:00 AM"],
        ["2024-01-31 13:05:00", "2024-02-01"],
    ),
    "the same either way": (["01/01/2024", "02/02/2024"], ["2024-01-01", "2024-02-02"]),
    "blanks around": (["  2024-01-31 "], ["2024-01-31"]),
}


@pytest.mark.parametrize("case", READABLE)
def test_readable(case: str) -> None:
    values, expected = READABLE[case]
    assert read(values) == expected


def test_given_format() -> None:
    assert read(["01/02/2024"], date_format="%m/%d/%Y") == ["2024-01-02"]
    assert read(["1 Feb 2024"], date_format="%d %b %Y") == ["2024-02-01"]


def test_offsets_become_local_days() -> None:
    moments = ["2024-01-01T23:30:00+07:00", "2024-01-01T17:00:00Z", "2024-01-01T10:00:00-0500"]
    local = ["2024-01-01 23:30:00", "2024-01-02", "2024-01-01 22:00:00"]
    assert read(moments, timezone="Asia/Ho_Chi_Minh") == local


def test_offset_in_a_given_format() -> None:
    moments = ["31/01/2024 20:00 +0000"]
    found = read(moments, date_format="%d/%m/%Y %H:%M %z", timezone="Asia/Ho_Chi_Minh")
    assert found == ["2024-02-01 03:00:00"]


def test_times_without_an_offset_are_local_even_beside_others() -> None:
    moments = ["2024-01-01T17:00:00Z", "2024-01-01 17:00"]
    found = read(moments, timezone="Asia/Ho_Chi_Minh")
    assert found == ["2024-01-02", "2024-01-01 17:00:00"]


def test_unreadable_lines_are_counted() -> None:
    audit = read_orders(
        lines(["31/01/2024", "31/02/2024", ""]), unreadable="set_aside"
    ).audit.set_index("rule")
    assert audit.loc["unreadable_date", "lines_set_aside"] == 2
    assert audit.loc["lines_used", "lines"] == 1


def test_dates_before_1990_are_set_aside() -> None:
    frame = pd.DataFrame(
        {"customer_id": "a", "ordered_at": ["1970-01-01", "2024-01-31"], "amount": [5.0, 1.0]}
    )
    audit = read_orders(frame).audit.set_index("rule")
    assert audit.loc["impossible_date", ["lines_set_aside", "amount_set_aside"]].tolist() == [
        1,
        5.0,
    ]


# Refusals


def test_ambiguous_dates_show_both_readings() -> None:
    with pytest.raises(
        OrdersError,
        match=r"cannot be told apart in 'ordered_at'.*\('01/02/2024' is 2024-02-01 or 2024-01-02\)"
        r'. Pass date_format="%d/%m/%Y" or date_format="%m/%d/%Y"',
    ):
        read(["01/02/2024", "03/04/2024"])


def test_two_digit_years_that_could_come_first() -> None:
    with pytest.raises(OrdersError, match=r"'24-01-31' is 2031-01-24 or 2024-01-31"):
        read(["24-01-31", "24-02-03"])


def test_unreadable_dates_are_shown() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 of 3 rows have no readable date in 'ordered_at' \('31/02/2024', 'n/a'\). "
        r'Pass date_format=.* or unreadable="set_aside"',
    ):
        read_orders(lines(["31/01/2024", "31/02/2024", "n/a"]))


def test_two_formats_in_one_column() -> None:
    with pytest.raises(OrdersError, match=r"1 of 3 rows have no readable date .*\('31/01/2024'\)"):
        read_orders(lines(["2024-02-01", "31/01/2024", "2024-02-02"]))


@pytest.mark.parametrize("date_format", [None, "%Y-%m-%dT%H:%M:%S%z"])
def test_offset_without_timezone(date_format: str | None) -> None:
    with pytest.raises(OrdersError, match=r"times in 'ordered_at' carry an offset.*Pass timezone="):
        read(["2024-01-01T23:30:00+0700"], date_format=date_format)


def test_aware_column_without_timezone() -> None:
    aware = pd.to_datetime(["2024-01-01"]).tz_localize("UTC")
    with pytest.raises(OrdersError, match=r"times in 'ordered_at' carry an offset.*Pass timezone="):
        read(list(aware))


def test_fractions_are_no_dates() -> None:
    with pytest.raises(OrdersError, match=r"'ordered_at' is of type float64, not a date"):
        read([45321.5])


def test_spreadsheet_numbers_are_no_dates() -> None:
    with pytest.raises(OrdersError, match=r"2 of 2 rows have no readable date .*'45321', '45322'"):
        read_orders(lines([45321, 45322]))


def test_unknown_timezone() -> None:
    with pytest.raises(ArgumentError, match=r"timezone: 'Asia/Hanoi' is not known. Write it like"):
        read_orders(lines(["2024-01-01"]), timezone="Asia/Hanoi")


@pytest.mark.parametrize("name", ["as_of", "history_start"])
def test_unreadable_arguments(name: str) -> None:
    with pytest.raises(ArgumentError, match=rf"{name}: 'soon' is not a date"):
        read_orders(lines(["2024-01-01"]), **{name: "soon"})
