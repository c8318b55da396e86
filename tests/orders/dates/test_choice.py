"""One order of day, month and year is proven by the cells, given, or refused with both readings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.errors import ArgumentError, OrdersError
from retention.orders.dates import DateFormat, choose_date_format, date_advice, parse_dates
from retention.orders.read import read_orders

HANOI = "Asia/Ho_Chi_Minh"


def choose(values: Any, **options: Any) -> DateFormat:
    column = store(pa.table({"ordered_at": values})).ordered_at
    return choose_date_format(column, **{"timezone": None} | options)


def days(values: Any, chosen: DateFormat) -> list[str | None]:
    """The days that a format reads in other cells than those it was chosen on."""
    column = store(pa.table({"ordered_at": values})).ordered_at
    found = to_arrow(parse_dates(column, chosen, timezone=None).name("at").as_table())["at"]
    return [None if moment is None else f"{moment:%Y-%m-%d}" for moment in found.to_pylist()]


def read(values: Any, **options: Any) -> list[str | None]:
    return days(values, choose(values, **options))


def lines(values: list[Any]) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": "a", "ordered_at": values, "amount": 1.0})


# Examples


def test_one_cell_proves_the_rest() -> None:
    assert choose(["05/04/2024", "31/01/2024"]).text == "%d/%m/%Y"
    assert choose(["05/04/2024", "01/31/2024"]).text == "%m/%d/%Y"
    assert choose(["05-04-99", "31-01-99"]).text == "%d-%m-%y"


def test_a_proof_counts_whatever_time_stands_beside_it() -> None:
    values = ["05/04/2024 10:30:00", "10:30 31/1/2024", "5/4/2024"]
    assert read(values) == ["2024-04-05", "2024-01-31", "2024-04-05"]


def test_a_slip_of_the_pen_is_left_unread() -> None:
    values = ["31/01/2024"] * 40 + ["01/31/2024", "31/04/2024"]
    assert read(values) == ["2024-01-31"] * 40 + [None, None]


def test_dates_that_are_the_same_either_way_prove_nothing_for_others() -> None:
    chosen = choose(["01/01/2024", "02/02/2024"])
    assert days(["03/03/2024", "05/04/2024"], chosen) == ["2024-03-03", None]


def test_a_format_covers_only_the_forms_it_was_chosen_on() -> None:
    chosen = choose(["31/01/2024", "05/04/2024 10:30"])
    unlike = ["05-04-2024", "05/04/24", "05/04/2024 10:30:00", "2024-04-05", "05/04/2024x", "45322"]
    assert days(["5/4/2024", "5/4/2024 9:05", *unlike], chosen) == ["2024-04-05"] * 2 + [None] * 6


def test_forms_that_speak_for_themselves_may_be_mixed() -> None:
    chosen = choose(["2024-01-31", "2024-02-20", "45323", "15/02/2024", "05/02/2024"])
    assert chosen.text == "%Y-%m-%d | %d/%m/%Y | excel"
    mixed = ["2024-03-01", "01/03/2024", "45352"]
    assert days(mixed, chosen) == ["2024-03-01"] * 3


def test_a_number_far_from_all_dates_is_none() -> None:
    assert read(["2024-01-31", "2024-02-20", "72000"]) == ["2024-01-31", "2024-02-20", None]
    assert read([20240131, 20240229, 72000]) == ["2024-01-31", "2024-02-29", None]


def test_a_few_cells_without_proof_stay_unread() -> None:
    values = ["2024-01-31"] * 30 + ["05/04/2024"]
    assert read(values) == ["2024-01-31"] * 30 + [None]


def test_nothing_to_read() -> None:
    for values in ([None, "", " "], ["n/a", "hôm qua"]):
        chosen = choose(pa.array(values, pa.string()))
        assert (chosen.text, days(values, chosen)) == (None, [None] * len(values))
    assert choose(pa.array([None, None], pa.int64())).readings == ()


GIVEN = {
    "%m/%d/%Y": (["01/02/2024", "1/2/2024 10:30", "10:30 1/2/2024"], ["2024-01-02"] * 3),
    "%d %b %Y": (["1 Feb 2024", "1 February 2024", "1 thg 2, 2024"], ["2024-02-01"] * 3),
    "%d %B %Y": (["1 Feb 2024", "1 February 2024"], ["2024-02-01"] * 2),
    "%Y-%d-%m": (["2024-31-01", "2024-01-02 10:30"], ["2024-01-31", "2024-02-01"]),
    "%-d/%-m/%Y": (["1/2/2024"], ["2024-02-01"]),
    "%d%m%Y": (["31012024", "01022024 10:30"], ["2024-01-31", "2024-02-01"]),
    "%y/%m/%d": (["24/01/31"], ["2024-01-31"]),
    "%Y %j": (["2024 031"], ["2024-01-31"]),
    "%d/%m/%Y %H:%M": (["01/02/2024 10:30", "01/02/2024"], ["2024-02-01", None]),
    "ngày %d tháng %m năm %Y": (["ngày 01 tháng 02 năm 2024"], ["2024-02-01"]),
    "%d/%m/%Y | %Y-%d-%m": (["31/01/2024", "2024-01-02"], ["2024-01-31", "2024-02-01"]),
    "%Y-%m-%d|excel": (["2024-01-31", "45323"], ["2024-01-31", "2024-02-01"]),
    "excel": (["45322.5", "2024-01-31"], ["2024-01-31", None]),
}


@pytest.mark.parametrize("date_format", GIVEN)
def test_given_format(date_format: str) -> None:
    values, expected = GIVEN[date_format]
    assert read(values, date_format=date_format) == expected


def test_given_format_for_numbers() -> None:
    assert read([45322], date_format="excel") == ["2024-01-31"]
    assert read([20240131, 202402011030], date_format="%Y%m%d") == ["2024-01-31", "2024-02-01"]
    assert read([31012024], date_format="%d%m%Y") == ["2024-01-31"]


def test_given_offset() -> None:
    chosen = choose(
        ["31/01/2024 20:00 +0000"], date_format="%d/%m/%Y %H:%M %z", timezone="Asia/Tokyo"
    )
    column = store(pa.table({"at": ["31/01/2024 20:00 +0000"]})).at
    found = to_arrow(parse_dates(column, chosen, timezone="Asia/Tokyo").name("at").as_table())
    assert f"{found['at'][0].as_py():%Y-%m-%d %H:%M}" == "2024-02-01 05:00"


def test_the_format_is_made_of_plain_texts() -> None:
    chosen = choose(["01/01/2024"])
    assert asdict(chosen) == {
        "text": "%d/%m/%Y",
        "readings": (
            {"pattern": "%d/%m/%Y", "is_folded": False, "rivals": ("%m/%d/%Y",)},
        ),
    }  # fmt: skip


ADVICE = [
    (["", "  "], None, "fill them in at the source (they are empty)"),
    (["31/01/2024"], None, 'pass date_format="%d/%m/%Y"'),
    (["31/01/2024"], "%Y-%m-%d", 'pass date_format="%Y-%m-%d | %d/%m/%Y"'),
    (["05/04/2024"], None, 'pass date_format="%d/%m/%Y" or date_format="%m/%d/%Y"'),
    (["45322"], "%Y-%m-%d", 'pass date_format="%Y-%m-%d | excel"'),
    (["31/02/2024"], "%d/%m/%Y", "mend them at the source (there is no such day)"),
    (
        ["01/31/2024"],
        "%d/%m/%Y",
        "mend them at the source (day and month stand in the other order)",
    ),
    (["n/a", ""], "%d/%m/%Y", "mend them at the source (they are no dates)"),
]


@pytest.mark.parametrize(("cells", "text", "advice"), ADVICE)
def test_advice(cells: list[str], text: str | None, advice: str) -> None:
    assert date_advice(cells, DateFormat(text)) == advice


# Laws


@given(st.lists(st.integers(1, 12), min_size=2, max_size=2, unique=True), st.booleans())
def test_an_open_order_is_never_guessed(numbers: list[int], has_time: bool) -> None:
    cell = f"{numbers[0]:02}/{numbers[1]:02}/2024" + " 10:30" * has_time
    with pytest.raises(OrdersError, match=r'Pass date_format="%d/%m/%Y" or .*"%m/%d/%Y"'):
        choose([cell, "01/01/2024"])


# Refusals


def test_ambiguous_dates_show_both_readings() -> None:
    with pytest.raises(
        OrdersError,
        match=r"cannot be told apart in 'ordered_at'.*\('01/02/2024' is 2024-02-01 or 2024-01-02\)"
        r'. Pass date_format="%d/%m/%Y" or date_format="%m/%d/%Y"',
    ):
        choose(["01/02/2024", "03/04/2024"])


def test_ambiguous_dates_are_shown_as_they_stand() -> None:
    with pytest.raises(OrdersError, match=r"\('01/02/2024 09:45' is 2024-02-01 or 2024-01-02\)"):
        choose(["01/02/2024 09:45", "03/04/2024 09:30"])
    with pytest.raises(OrdersError, match=r"\('Thứ sáu, 03/05/2024' is 2024-05-03 or 2024-03-05\)"):
        choose(["Thứ sáu, 03/05/2024"])


def test_two_digit_years_that_could_come_first() -> None:
    with pytest.raises(OrdersError, match=r"'24-01-31' is 2031-01-24 or 2024-01-31"):
        choose(["24-01-31", "24-02-03"])
    with pytest.raises(OrdersError, match=r'"%d-%m-%y", date_format="%m-%d-%y" or .*"%y-%m-%d"'):
        choose(["01-02-03"])


def test_ambiguous_dates_beside_others() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 dates can be read in two ways .*"
        r'"%Y-%m-%d \| %d/%m/%Y" or date_format="%Y-%m-%d \| %m/%d/%Y"',
    ):
        choose(["2024-01-31", "2024-02-15", "05/04/2024", "06/04/2024"])


def test_both_orders_in_one_column() -> None:
    with pytest.raises(
        OrdersError,
        match=r'2 dates can only be "%d/%m/%Y" and 1 only "%m/%d/%Y".*unreadable="set_aside"',
    ):
        choose(["31/01/2024", "30/01/2024", "01/31/2024", "05/04/2024"])


@pytest.mark.parametrize("turned", ["2024-02-01", "2024-02-01 00:00:00", "45323"])
def test_dates_that_a_spreadsheet_turned_around(turned: str) -> None:
    with pytest.raises(OrdersError, match=r"have no day above 12, and 1 of the form .* no other"):
        choose([turned, "31/01/2024", turned])


def test_turned_dates_can_be_turned_back() -> None:
    values = ["2024-02-01", "31/01/2024"]
    with pytest.raises(OrdersError, match=r'date_format="%d/%m/%Y \| %Y-%d-%m" if day and month'):
        choose(values)
    assert read(values, date_format="%d/%m/%Y | %Y-%d-%m") == ["2024-01-02", "2024-01-31"]
    assert read(values, date_format="%d/%m/%Y | %Y-%m-%d") == ["2024-02-01", "2024-01-31"]


@pytest.mark.parametrize("date_format", [None, "%Y-%m-%dT%H:%M:%S%z"])
def test_offset_without_timezone(date_format: str | None) -> None:
    with pytest.raises(OrdersError, match=r"times in 'ordered_at' carry an offset.*Pass timezone="):
        choose(["2024-01-01T23:30:00+0700"], date_format=date_format)


def test_aware_column_without_timezone() -> None:
    aware = pa.array([0], pa.timestamp("us", "UTC"))
    with pytest.raises(OrdersError, match=r"times in 'ordered_at' carry an offset.*Pass timezone="):
        choose(aware)


@pytest.mark.parametrize("values", [[1706659200], ["1706659200123"], [1706659200.5]])
def test_seconds_since_1970_without_timezone(values: list[Any]) -> None:
    with pytest.raises(OrdersError, match=r"count from 1970 in UTC.*Pass timezone="):
        choose(values)


@pytest.mark.parametrize("values", [[1.5, 2.5], [1, 2], [True, False]])
def test_columns_that_hold_no_dates(values: list[Any]) -> None:
    with pytest.raises(OrdersError, match=r"'ordered_at' is of type .* Name the right .*columns="):
        choose(values)


def test_a_given_format_that_reads_nothing() -> None:
    with pytest.raises(
        OrdersError,
        match=r'date_format="%m/%d/%Y" reads no date in \'ordered_at\' \(\'30/01/2024\', '
        r"'31/01/2024'\)\. They look like date_format=\"%d/%m/%Y\"",
    ):
        choose(["31/01/2024", "30/01/2024"], date_format="%m/%d/%Y")


def test_a_given_format_where_the_right_one_is_open() -> None:
    with pytest.raises(OrdersError, match=r'Pass date_format="%d/%m/%Y" or'):
        choose(["05/04/2024"], date_format="%Y-%m-%d")


def test_a_given_format_for_what_is_no_date() -> None:
    with pytest.raises(OrdersError, match=r"\('n/a'\)\. They are no dates: name the right column"):
        choose(["n/a"], date_format="%Y-%m-%d")
    with pytest.raises(OrdersError, match=r"\('45322'\)\. They look like date_format=\"excel\""):
        choose([45322], date_format="%Y%m%d")


BAD_FORMATS = {
    "dd/mm/yyyy": r'names no day, month and year\. Write it like "%d/%m/%Y"',
    "mm-dd-yy": r'Write it like "%m-%d-%y"',
    "%d/%m": r"names no day, month and year",
    "%H:%M": r"names no day, month and year",
    "%d/%m/%Q": r"'%d/%m/%Q' knows no '%Q'",
    "%d/%m/%d/%Y": r"has '%d' twice",
    "%d/%m/%Y |": r"'' names no day, month and year",
    "epoch": r"'epoch' names no .* one of 'excel', 'epoch_s'",
}


@pytest.mark.parametrize("date_format", BAD_FORMATS)
def test_formats_that_are_none(date_format: str) -> None:
    with pytest.raises(ArgumentError, match=BAD_FORMATS[date_format]):
        choose(["31/01/2024"], date_format=date_format)


def test_unreadable_dates_are_shown() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 of 3 rows have no readable date in 'ordered_at' \('31/02/2024'.*"
        r'there is no such day.*unreadable="set_aside"',
    ):
        read_orders(lines(["31/01/2024", "31/02/2024", "n/a"]))


def test_unknown_timezone() -> None:
    with pytest.raises(ArgumentError, match=r"timezone: 'Asia/Hanoi' is not known. Write it like"):
        read_orders(lines(["2024-01-01"]), timezone="Asia/Hanoi")


@pytest.mark.parametrize("name", ["as_of", "history_start"])
def test_unreadable_arguments(name: str) -> None:
    with pytest.raises(ArgumentError, match=rf"{name}: 'soon' is not a date"):
        read_orders(lines(["2024-01-01"]), **{name: "soon"})
