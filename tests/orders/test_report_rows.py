"""Rows of a report that are no lines are told from lines, and never a line from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.orders import Orders
from retention.orders.read import read_orders

COLUMNS = ["customer_id", "order_id", "ordered_at", "product", "amount"]
LINES = [
    ("a", "1", "2024-01-01", "Tea", "10.00"), ("b", "2", "2024-01-05", "Tea", "5.50"),
]  # fmt: skip


def read(*more: tuple[Any, ...], **options: Any) -> Orders:
    return read_orders(pd.DataFrame([*LINES, *more], columns=COLUMNS), **options)


def aside(orders: Orders) -> dict[str, int]:
    taken = orders.audit.set_index("rule")["lines_set_aside"]
    return {rule: int(count) for rule, count in taken.items() if count}


SLOW = pytest.mark.slow  # a read each: one of a kind in the inner loop, all in the whole suite

# Examples


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (tuple(COLUMNS), "repeated_header"),
        (("Grand total", None, None, None, "15.50"), "total_row"),
        pytest.param((None, None, "Tổng cộng", None, "15.50"), "total_row", marks=SLOW),
        pytest.param((None, "Subtotal", None, None, "99"), "total_row", marks=SLOW),
        ((None, None, None, None, "15.50"), "total_row"),
        pytest.param(("Tổng cộng (2 đơn)", None, None, None, "15.50"), "total_row", marks=SLOW),
        (("Printed by Lan", None, None, None, None), "footer"),
        pytest.param((None, None, None, None, "The accountant"), "footer", marks=SLOW),
    ],
)
def test_rows_below_the_lines(row: tuple[Any, ...], rule: str) -> None:
    orders = read(row)
    assert aside(orders) == {rule: 1}
    assert orders.to_pandas()["amount"].tolist() == [10.0, 5.5]
    assert orders.set_aside(rule)["line_number"].tolist() == [3]


WORDS = ("Buyer's name", "The order's number", "Time of creation", None, "What was paid")


def test_a_row_that_describes_the_header() -> None:
    orders = read_orders(pd.DataFrame([WORDS, *LINES], columns=COLUMNS))
    assert aside(orders) == {"repeated_header": 1}
    assert orders.to_pandas()["amount"].tolist() == [10.0, 5.5]


@SLOW
def test_the_sum_above_the_lines() -> None:
    frame = pd.DataFrame([(None, None, None, None, "15.50"), *LINES], columns=COLUMNS)
    assert aside(read_orders(frame)) == {"total_row": 1}


@SLOW
def test_each_file_has_its_own_end(tmp_path: Path) -> None:
    """The sum of the first file is none of both."""
    for name, note in (("1.csv", ",,,,10.00"), ("2.csv", "Printed at noon,,,,")):
        line = ",".join(LINES[int(name[0]) - 1])
        (tmp_path / name).write_text(f"{','.join(COLUMNS)}\n{line}\n{note}\n")
    assert aside(read_orders(tmp_path / "*.csv")) == {"footer": 1, "total_row": 1}


@SLOW
def test_the_report_of_a_till(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["BÁO CÁO BÁN HÀNG"], [], ["STT", "Mã KH", "Số hóa đơn", "Ngày bán", "Thành tiền"],
        [1, "KH1", "HD1", pd.Timestamp("2024-01-05"), 100000],
        [2, "KH2", "HD2", pd.Timestamp("2024-01-15"), 250000],
        ["Tổng cộng", None, None, None, 350000], [],
        [None, None, None, "Hà Nội, ngày 31 tháng 1 năm 2024"], [None, None, None, None, "Kế toán"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "report.xlsx")
    orders = read_orders(tmp_path / "report.xlsx")
    assert aside(orders) == {"total_row": 1, "footer": 2}
    assert orders.to_pandas()["amount"].tolist() == [100000.0, 250000.0]


@SLOW
def test_a_status_or_a_currency_in_the_header_is_no_value() -> None:
    frame = pd.DataFrame([*LINES, tuple(COLUMNS)], columns=COLUMNS)
    frame = frame.assign(status=["paid", "paid", "status"], currency=["EUR", "EUR", "currency"])
    orders = read_orders(frame)
    assert aside(orders) == {"repeated_header": 1}
    assert orders.currency == "EUR"


# Refusals


@SLOW
@pytest.mark.parametrize(
    "row",
    [
        ("c", "3", None, "Total", "7.00"), ("c", "3", None, "Tea", "7.00"), ("c", "3", None, None, None),
        (None, None, None, None, "7.00"), (None, "3", "Tổng Thị Lan", "Tea", "7.00"),
    ],
)  # fmt: skip
def test_lines_without_a_date_stay_bad(row: tuple[Any, ...]) -> None:
    with pytest.raises(OrdersError, match=r"1 of 3 rows have no readable date"):
        read(row)


def test_notes_between_the_lines_are_shown() -> None:
    with pytest.raises(
        OrdersError, match=r"1 of them hold nothing but one cell \('Page 1 of 2'\), as titles"
    ):
        read(("Page 1 of 2", None, None, None, None), ("a", "3", "2024-02-01", "Tea", "7.00"))


def test_words_further_down_describe_nothing() -> None:
    """What stands between the lines may be one that somebody filled in badly."""
    with pytest.raises(OrdersError, match="1 of 3 rows have no readable date"):
        read(WORDS)
