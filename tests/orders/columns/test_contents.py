"""What cells look like, whatever type the source gave them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.orders.columns.contents import ROWS, Contents, Sample, as_number
from retention.orders.source import Source

# Examples


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("5", 5), ("-5.25", -5.25), ("1.250", 1250), ("1,250.50", 1250.5), ("1.250,50", 1250.5),
        ("350.000 đ", 350_000), ("₫1.200.000", 1_200_000), ("$12.50", 12.5), ("VND 80.000", 80_000),
        ("(12.50)", -12.5), ("12.50-", -12.5), ("1 250 000", 1_250_000), ("1e3", 1000),
        ("10%", None), ("inf", None), ("nan", None), ("9" * 400, 1e80),
        ("đen", None), ("Trà 100g", None), ("2024-01-31", None), ("A-1", None),
    ],
)  # fmt: skip
def test_numbers(cell: str, number: float | None) -> None:
    assert as_number(cell) == (None if number is None else pytest.approx(number))


@pytest.mark.parametrize(
    "cell",
    [
        "2024-01-31", "31/1/24", "31.01.2024 10:30", "Jan 31, 2024", "31-Jan-24", "31 thg 1, 2024",
        "ngày 31 tháng 1 năm 2024", "Wed, 31 Jan 2024 10:00:00 +0700", "10:30 31/01/2024", "2024-01",
    ],
)  # fmt: skip
def test_written_dates(cell: str) -> None:
    assert Contents([cell]).date_share == 1


@pytest.mark.parametrize("cell", ["20240131", "1706666400", "1706666400000", "45322", "45322.4375"])
def test_numbers_that_may_be_dates(cell: str) -> None:
    assert (Contents([cell]).date_share, Contents([cell]).possible_date_share) == (0, 1)


@pytest.mark.parametrize("cell", ["10:30", "Lê An", "May", "38.7", "Main Street 5", "A-12-B"])
def test_no_dates(cell: str) -> None:
    assert Contents([cell]).possible_date_share == 0


def test_people() -> None:
    assert Contents(["a@b.vn", "c.d+e@f.com", "x"]).email_share == pytest.approx(2 / 3)
    assert Contents(["Lê Thị An", "Jean-Luc O'Neil", "an123", "An"]).name_share == 0.5


def test_quantities_are_small_and_whole() -> None:
    assert Contents(["1", "2", "12", None]).is_quantity
    assert not Contents(["1", "2", "2.5"]).is_quantity
    assert not Contents(["30", "46", "166"]).is_quantity
    assert not Contents([None]).is_quantity


def test_cells_of_any_type() -> None:
    moment = datetime(2024, 1, 31, 10, 30)
    rows = pa.table(
        {
            "float": [1.0, 2.5, float("nan")],
            "decimal": [Decimal("1.50"), None, Decimal("2")],
            "day": pa.array([date(2024, 1, 31), None, None]),
            "moment": pa.array([moment, None, None], pa.timestamp("ns")),
            "text": [" a ", "N/A", ""],
            "flag": [True, None, False],
        }
    )
    sample = Sample(Source(store(rows), "the table"))
    assert sample["float"].cells == ["1", "2.5", None]
    assert sample["decimal"].filled == ["1.50", "2.00"]
    assert sample["day"].filled == ["2024-01-31"]
    assert sample["moment"].filled[0].startswith("2024-01-31 10:30:00")
    assert sample["text"].cells == ["a", None, None]
    assert sample["flag"].filled == ["True", "False"]


def test_days_beyond_the_calendar_do_no_harm() -> None:
    rows = pa.table({"at": pa.array([2**60, 0], pa.timestamp("us"))})
    assert Sample(Source(store(rows), "the table"))["at"].distinct == 2


def test_huge_cells_take_no_time() -> None:
    contents = Contents(["1" * 10**6, "a " * 10**6])
    assert contents.possible_date_share == contents.name_share == 0


def test_only_the_first_rows_are_looked_at() -> None:
    sample = Sample(Source(store(pa.table({"x": list(range(ROWS + 5))})), "the table"))
    assert (sample.size, sample.is_all) == (ROWS, False)


# Laws


@given(st.text(max_size=12))
def test_any_text_has_a_shape(cell: str) -> None:
    contents = Contents([cell, None])
    shares = (
        contents.date_share, contents.possible_date_share, contents.number_share,
        contents.sign_share, contents.email_share, contents.name_share,
    )  # fmt: skip
    assert set(shares) <= {0.0, 1.0}
    assert contents.date_share <= contents.possible_date_share
    assert contents.is_quantity in (True, False)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_plain_decimals(number: Decimal) -> None:
    assert as_number(f"{number:f}") == float(number)
