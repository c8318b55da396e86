"""Dates as people write them are read exactly, or refused: never otherwise."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.orders.dates import DateFormat, choose_date_format, parse_dates, read_dates
from retention.orders.read import read_orders

HANOI = "Asia/Ho_Chi_Minh"


def read(values: Any, **options: Any) -> list[str | None]:
    """The values as the reader understands them; whole days without their midnight."""
    return [None if moment is None else said(moment) for moment in moments(values, **options)]


def moments(values: Any, **options: Any) -> list[datetime | None]:
    """The same as they come."""
    return chosen_and_read(values, **options)[1]


def chosen_and_read(
    values: Any, *, timezone: str | None = None, date_format: str | None = None
) -> tuple[DateFormat, list[datetime | None]]:
    column = store(pa.table({"ordered_at": values})).ordered_at
    chosen = choose_date_format(column, timezone=timezone, date_format=date_format)
    found = parse_dates(column, chosen, timezone=timezone).name("at").as_table()
    return chosen, to_arrow(found)["at"].to_pylist()


def said(moment: datetime) -> str:
    text = f"{moment:%Y-%m-%d %H:%M:%S.%f}".removesuffix("000").removesuffix(".000")
    return text.removesuffix(" 00:00:00")


def lines(values: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": "a", "ordered_at": values, "amount": 1.0})


# Examples

READABLE = {
    "iso": {
        "2024-01-31": "2024-01-31",
        "2024-01-31 10:30": "2024-01-31 10:30:00",
        "2024-01-31 10:30:05": "2024-01-31 10:30:05",
        "2024-01-31T23:59:59.5": "2024-01-31 23:59:59.500",
        "2024-01-31 10:30:05,123": "2024-01-31 10:30:05.123",
        "2024-01-31 10:30:05.1230000": "2024-01-31 10:30:05.123",
        "2024-1-5 9:05": "2024-01-05 09:05:00",
        "2024/01/31": "2024-01-31",
        "2024/1/5 7:00": "2024-01-05 07:00:00",
        "2024.01.31": "2024-01-31",
        "2024. 1. 31": "2024-01-31",
        "2024 01 31": "2024-01-31",
    },
    "offsets": {
        "2024-01-01T23:30:00+07:00": "2024-01-01 23:30:00",
        "2024-01-01T17:00:00Z": "2024-01-02",
        "2024-01-01T17:00:00.250Z": "2024-01-02 00:00:00.250",
        "2024-01-01T10:00:00-0500": "2024-01-01 22:00:00",
        "2024-01-31 10:00:00 +0700": "2024-01-31 10:00:00",
        "2024-01-31 10:00:00+07": "2024-01-31 10:00:00",
        "2024-01-31 18:00:00 UTC": "2024-02-01 01:00:00",
        "2024-01-31 18:00": "2024-01-31 18:00:00",
        "2024-01-31T10:00:00.1230000+07:00": "2024-01-31 10:00:00.123",
        "2024-01-31T10:00:00+25:00": None,
    },
    "day first": {
        "31/01/2024": "2024-01-31",
        "1/2/2024": "2024-02-01",
        "05/04/2024": "2024-04-05",
        "31/01/2024 10:30": "2024-01-31 10:30:00",
        "31/01/2024 7:05:09": "2024-01-31 07:05:09",
        "31/01/2024, 10:30": "2024-01-31 10:30:00",
        "31/01/2024 - 10:30": "2024-01-31 10:30:00",
        "31/01/2024T10:30": "2024-01-31 10:30:00",
        "10:30 31/01/2024": "2024-01-31 10:30:00",
        "10:30:00, 31/1/2024": "2024-01-31 10:30:00",
        "31 / 01 / 2024": "2024-01-31",
        "  31/01/2024 ": "2024-01-31",
        "'31/01/2024": "2024-01-31",
        "31/01/2024\u00a010:30": "2024-01-31 10:30:00",
        "\u200e31\u200e/\u200e01\u200e/\u200e2024": "2024-01-31",
        "31/02/2024": None,
        "31/13/2024": None,
        "31/01/2024 25:00": None,
        "31/01/024": None,
    },
    "other signs": {
        "31.01.2024": "2024-01-31",
        "1.2.2024 10:30": "2024-02-01 10:30:00",
        "31-01-2024": "2024-01-31",
        "31 01 2024": "2024-01-31",
    },
    "month first": {
        "01/31/2024": "2024-01-31",
        "05/04/2024": "2024-05-04",
        "1/31/2024 1:05:09 PM": "2024-01-31 13:05:09",
        "1/31/2024 12:00 AM": "2024-01-31",
        "1/31/2024 12:00 pm": "2024-01-31 12:00:00",
        "1/31/2024 1:05PM": "2024-01-31 13:05:00",
        "1/31/2024 1:05\u202fPM": "2024-01-31 13:05:00",
        "1/31/2024, 10:30 a.m.": "2024-01-31 10:30:00",
        "1/31/2024 14:05 PM": "2024-01-31 14:05:00",
        "1/31/2024 02:14:05 PM": "2024-01-31 14:14:05",
        "1/31/2024 00:05 AM": "2024-01-31 00:05:00",
    },
    "two-digit years": {
        "31/01/24": "2024-01-31",
        "2/3/99": "1999-03-02",
        "31/12/45": "2045-12-31",
        "31/12/46": "1946-12-31",
        "31-Jan-24": "2024-01-31",
        "31 Jan 24": "2024-01-31",
    },
    "digits": {
        "20240131": "2024-01-31",
        "202401311030": "2024-01-31 10:30:00",
        "20240131103005": "2024-01-31 10:30:05",
        "20240131T103005": "2024-01-31 10:30:05",
        "20240131 10:30": "2024-01-31 10:30:00",
        "20240131.0": "2024-01-31",
        "20240231": None,
    },
    "spreadsheet": {
        "45322": "2024-01-31",
        "45322.4375": "2024-01-31 10:30:00",
        "45322,4375": "2024-01-31 10:30:00",
        "45322.99999999": "2024-02-01",
        "12": None,
    },
    "since 1970": {
        "1706659200": "2024-01-31 07:00:00",
        "1706659200.5": "2024-01-31 07:00:00.500",
        "1706659200123": "2024-01-31 07:00:00.123",
        "1706659200123456": "2024-01-31 07:00:00.123456",
        "1706659200123456789": "2024-01-31 07:00:00.123456",
        "0": None,
    },
    "English names": {
        "31 Jan 2024": "2024-01-31",
        "31 January 2024": "2024-01-31",
        "5 may 2024": "2024-05-05",
        "Jan 31, 2024": "2024-01-31",
        "January 31st 2024": "2024-01-31",
        "31st of January, 2024": "2024-01-31",
        "Sept. 5, 2024": "2024-09-05",
        "31-JAN-2024": "2024-01-31",
        "31JAN2024": "2024-01-31",
        "2024-Jan-31": "2024-01-31",
        "Wed, 31 Jan 2024 10:00:00 +0700": "2024-01-31 10:00:00",
        "Wed, 31 Jan 2024 18:00:00 GMT": "2024-02-01 01:00:00",
        "Wednesday, January 31, 2024 10:30 PM": "2024-01-31 22:30:00",
        "Wed Jan 31 2024 10:00:00 GMT+0700 (Indochina Time)": "2024-01-31 10:00:00",
        "Wed Jan 31 10:00:00 2024": "2024-01-31 10:00:00",
        "Jan 31, 2024 at 10:30 AM": "2024-01-31 10:30:00",
        "31/Jan/2024:10:00:00 +0700": "2024-01-31 10:00:00",
        "Thu 25 Jan 2024": "2024-01-25",
        "Jan 2024": None,
    },
    "Vietnamese names": {
        "31 thg 1, 2024": "2024-01-31",
        "31 Th1 2024": "2024-01-31",
        "ngày 31 tháng 1 năm 2024": "2024-01-31",
        "31 Tháng Một 2024": "2024-01-31",
        "31 tha\u0301ng mười hai 2024": "2024-12-31",
        "30 tháng Mười Một, 2024": "2024-11-30",
        "31 tháng năm năm 2024": "2024-05-31",
        "30 tháng tư 2024": "2024-04-30",
        "Thứ tư, 31/01/2024": "2024-01-31",
        "Thu\u031b\u0301 tu\u031b, 31/01/2024": "2024-01-31",
        "Thứ 4, 31/01/2024": "2024-01-31",
        "T4, 31/01/2024": "2024-01-31",
        "CN 28/01/2024": "2024-01-28",
        "31/01/2024 (Thứ tư)": "2024-01-31",
        "31/01/2024 lúc 10:30": "2024-01-31 10:30:00",
        "31/01/2024 10:30 SA": "2024-01-31 10:30:00",
        "10:30:05 CH 31/01/2024": "2024-01-31 22:30:05",
        "31/01/2024 1:30 chiều": "2024-01-31 13:30:00",
        "31/01/2024 14:30 CH": "2024-01-31 14:30:00",
        "10h30 31/01/2024": "2024-01-31 10:30:00",
        "10 giờ 30 phút, ngày 31/01/2024": "2024-01-31 10:30:00",
        "hôm qua": None,
    },
}
ALONE = [
    (cell, moment)
    for cells in READABLE.values()
    for cell, moment in cells.items()
    if moment and cell not in ("05/04/2024", "1/2/2024", "1.2.2024 10:30", "2/3/99")
]


@pytest.mark.slow
@pytest.mark.parametrize("case", READABLE)
def test_readable(case: str) -> None:
    cells = READABLE[case]
    chosen, found = chosen_and_read(list(cells), timezone=HANOI)
    expected = [None if moment is None else said(moment) for moment in found]
    assert dict(zip(cells, expected, strict=True)) == cells
    again, repeated = chosen_and_read(list(cells), timezone=HANOI, date_format=chosen.text)
    assert (again.text, repeated) == (chosen.text, found)


@pytest.mark.slow
@pytest.mark.parametrize(("cell", "moment"), ALONE)
def test_readable_alone(cell: str, moment: str) -> None:
    chosen, found = chosen_and_read([cell], timezone=HANOI)
    assert [said(one) for one in found if one] == [moment]
    assert moments([cell], timezone=HANOI, date_format=chosen.text) == found


NUMBERS = {
    "whole days": (pa.array([20240131, 20240201, None]), ["2024-01-31", "2024-02-01", None]),
    "whole minutes": (pa.array([202401311030, 202402302530]), ["2024-01-31 10:30:00", None]),
    "whole seconds": (pa.array([20240131103005]), ["2024-01-31 10:30:05"]),
    "whole days as floats": (pa.array([20240131.0, float("nan")]), ["2024-01-31", None]),
    "no such day": (pa.array([20230228, 20230229, 20231301]), ["2023-02-28", None, None]),
    "serials": (pa.array([45322, 1], pa.int32()), ["2024-01-31", None]),
    "serials with times": (pa.array([45322.4375]), ["2024-01-31 10:30:00"]),
    "seconds": (pa.array([1706659200, 0]), ["2024-01-31 07:00:00", None]),
    "seconds and halves": (pa.array([1706659200.25]), ["2024-01-31 07:00:00.250"]),
    "milliseconds": (pa.array([1706659200123]), ["2024-01-31 07:00:00.123"]),
    "microseconds": (pa.array([1706659200123456]), ["2024-01-31 07:00:00.123456"]),
    "nanoseconds": (pa.array([1706659200123456789]), ["2024-01-31 07:00:00.123456"]),
    "huge": (pa.array([1706659200, 2**63 - 1]), ["2024-01-31 07:00:00", None]),
    "unsigned": (pa.array([45322, 2**64 - 1], pa.uint64()), ["2024-01-31", None]),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", NUMBERS)
def test_numbers(case: str) -> None:
    values, expected = NUMBERS[case]
    assert read(values, timezone=HANOI) == expected
    text = chosen_and_read(values, timezone=HANOI)[0].text
    assert read(values, timezone=HANOI, date_format=text) == expected


def test_typed_dates_need_no_format() -> None:
    days = pa.array([datetime(2024, 1, 31, 10, 30)], pa.timestamp("us"))
    assert read(days) == ["2024-01-31 10:30:00"]
    assert read(days.cast(pa.date32(), safe=False)) == ["2024-01-31"]
    assert read(days.cast(pa.timestamp("us", "UTC")), timezone=HANOI) == ["2024-01-31 17:30:00"]


def test_choice_and_parse_in_one() -> None:
    rows = store(pa.table({"ordered_at": ["31/01/2024"]}))
    moment = read_dates(rows.ordered_at, timezone=None, date_format=None)
    assert to_arrow(rows.select(at=moment))["at"].to_pylist() == [datetime(2024, 1, 31)]


def test_dates_before_1990_are_set_aside() -> None:
    frame = pd.DataFrame(
        {"customer_id": "a", "ordered_at": ["1970-01-01", "2024-01-31"], "amount": [5.0, 1.0]}
    )
    audit = read_orders(frame).audit.set_index("rule")
    found = audit.loc["impossible_date", ["lines_set_aside", "amount_set_aside"]]
    assert found.tolist() == [1, 5.0]


def test_unreadable_lines_are_counted() -> None:
    orders = read_orders(lines(["31/01/2024", "31/02/2024", ""]), unreadable="set_aside")
    audit = orders.audit.set_index("rule")
    assert audit.loc["unreadable_date", "lines_set_aside"] == 2
    assert audit.loc["lines_used", "lines"] == 1


# Laws

MONTHS = (
    "Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai",
)  # fmt: skip
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y",
    "%m/%d/%y", "%d-%m-%y", "%y-%m-%d", "%d %b %Y", "%B %d, %Y", "%d-%b-%y", "%a, %d %b %Y",
    "{weekday}, %d/%m/%Y", "%d thg {number}, %Y", "ngày %d tháng {number} năm %Y", "%d Tháng {month} %Y",
)  # fmt: skip
TIMES = ("", " %H:%M:%S", "T%H:%M:%S", ", %H:%M:%S", " %I:%M:%S %p", " %I:%M:%S {half}")


def written(moment: datetime, layout: str) -> str:
    words = {
        "weekday": WEEKDAYS[moment.weekday()],
        "month": MONTHS[moment.month - 1],
        "number": moment.month,
        "half": "SA" if moment.hour < 12 else "CH",
    }
    return moment.strftime(layout).format(**words)


def spread(seed: int, days: int, count: int) -> list[datetime]:
    """Moments within some days, anywhere in the window of two-digit years."""
    draw = random.Random(seed)
    start = datetime(1990, 1, 1) + timedelta(days=draw.randrange(20_000 - days))
    return [
        start + timedelta(days=draw.randrange(days), seconds=draw.randrange(86_400))
        for _ in range(count)
    ]


@pytest.mark.slow
@given(
    st.lists(st.sampled_from([date + time for date in DATES for time in TIMES]), min_size=1,
             max_size=2),
    st.integers(0, 10_000), st.sampled_from([2, 12, 400]), st.integers(1, 20),
)  # fmt: skip
def test_any_date_is_read_exactly_or_not_at_all(
    layouts: list[str], seed: int, days: int, count: int
) -> None:
    meant = spread(seed, days, count)
    used = [layouts[place % len(layouts)] for place in range(count)]
    cells = [written(moment, layout) for moment, layout in zip(meant, used, strict=True)]
    try:
        found = moments(cells)
    except OrdersError:
        return
    for moment, layout, read_as in zip(meant, used, found, strict=True):
        has_time = "%H" in layout or "%I" in layout
        whole = moment if has_time else datetime.combine(moment, datetime.min.time())
        assert read_as in (whole, None)
        assert read_as or len(set(layouts)) > 1


@given(st.integers(0, 10_000), st.sampled_from(["s", "ms", "us", "ns"]))
def test_any_moment_since_1970_is_read_exactly(seed: int, unit: str) -> None:
    meant = spread(seed, 400, 5)
    factor = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[unit]
    zone = ZoneInfo(HANOI)
    numbers = [int(moment.replace(tzinfo=zone).timestamp()) * factor for moment in meant]
    assert moments(numbers, timezone=HANOI) == meant
    assert moments([str(number) for number in numbers], timezone=HANOI) == meant


@given(st.integers(0, 10_000))
def test_any_spreadsheet_number_is_read_to_the_second(seed: int) -> None:
    meant = spread(seed, 400, 5)
    serials = [(moment - datetime(1899, 12, 30)) / timedelta(days=1) for moment in meant]
    assert moments(serials) == meant
    assert moments([repr(serial) for serial in serials]) == meant


@given(st.permutations(["31/01/2024", "05/04/2024", "10:30 5/4/2024", "31/02/2024", "20240131"]))
def test_row_order_does_not_matter(cells: list[str]) -> None:
    expected = (
        READABLE["day first"] | READABLE["digits"] | {"10:30 5/4/2024": "2024-04-05 10:30:00"}
    )
    assert read(cells) == [expected[cell] for cell in cells]
