"""Workbooks of all kinds, really written: dates as dates, numbers as numbers, ids as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlwt

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.orders.source import open_source

HEADER = ["Mã KH", "Ngày", "Tiền"]
MORNING = dt.datetime(2024, 1, 31, 10, 15)
MIDNIGHT = dt.datetime(2024, 2, 1)
ROWS = [["007", MORNING, 150_000], ["8", MIDNIGHT, 1.5]]


def book(folder: Path, name: str = "orders.xlsx", **sheets: Sequence[Sequence[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    workbook.save(folder / name)
    return folder / name


def cells(source: object, **options: Any) -> list[list[Any]]:
    rows = to_arrow(open_source(source, **options).rows)
    return [list(rows.column_names), *(list(row.values()) for row in rows.to_pylist())]


# Examples


def test_xlsx(tmp_path: Path) -> None:
    assert cells(book(tmp_path, S=[HEADER, *ROWS])) == [HEADER, *ROWS]


def test_xls(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("S")
    moment = xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM")
    for line, row in enumerate([HEADER, *ROWS]):
        for place, cell in enumerate(row):
            style = (moment,) if isinstance(cell, dt.datetime) else ()
            sheet.write(line, place, cell, *style)
    workbook.save(str(tmp_path / "orders.xls"))
    assert cells(tmp_path / "orders.xls") == [HEADER, *ROWS]


def test_ods(tmp_path: Path) -> None:
    frame = pd.DataFrame(ROWS, columns=HEADER)
    frame.to_excel(tmp_path / "orders.ods", index=False, engine="odf")
    assert cells(tmp_path / "orders.ods") == [HEADER, *ROWS]


def test_titles_and_blanks_around(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        S=[
            [],
            ["Báo cáo doanh thu"],
            ["Từ ngày", dt.date(2024, 1, 1)],
            [],
            [None, *HEADER, None],
            [None, *ROWS[0]],
            [],
            [None, *ROWS[1]],
        ],
    )
    assert cells(path) == [HEADER, *ROWS]


def test_kinds_of_cells(tmp_path: Path) -> None:
    rows = [
        ["id", "mixed", "day", "time", "whole", "flag", "error", "long"],
        [
            "007",
            "a",
            dt.date(2024, 1, 31),
            dt.time(10, 15),
            1,
            True,
            "#N/A",
            "12345678901234567890",
        ],
        [8.0, 17850.0, dt.datetime(2024, 2, 1, 5), dt.time(0, 0, 1), 2, False, 3, None],
        [9, MIDNIGHT, None, None, 3, None, None, None],
    ]
    found = cells(book(tmp_path, S=rows))
    assert found[1:] == [
        ["007", "a", dt.datetime(2024, 1, 31), "10:15:00", 1, "True", None, rows[1][7]],
        ["8", "17850", dt.datetime(2024, 2, 1, 5), "00:00:01", 2, "False", 3, None],
        ["9", "2024-02-01", None, None, 3, None, None, None],
    ]


def test_columns_without_a_name(tmp_path: Path) -> None:
    path = book(
        tmp_path, S=[["a", None, "b", None, "c"], [1, None, 3, None, 5], [2, None, 4, "x", 6]]
    )
    assert cells(path)[0] == ["a", "b", "column 4", "c"]


def test_sheets_with_the_same_columns(tmp_path: Path) -> None:
    swapped = [[HEADER[1], HEADER[0], HEADER[2]], [MIDNIGHT, "9", 5]]
    path = book(tmp_path, T1=[HEADER, *ROWS], T2=swapped, Note=[["Xin chào"]], Empty=[])
    assert cells(path) == [
        [*HEADER, "source_file"],
        [*ROWS[0], "T1"],
        [*ROWS[1], "T1"],
        ["9", MIDNIGHT, 5.0, "T2"],
    ]


def test_one_sheet_of_several(tmp_path: Path) -> None:
    path = book(tmp_path, T1=[HEADER, *ROWS], People=[["id", "name"], ["1", "a"]])
    assert cells(path, sheet="people ") == [["id", "name"], ["1", "a"]]


def test_hidden_sheets_do_not_count(tmp_path: Path) -> None:
    path = book(tmp_path, T1=[HEADER, *ROWS], People=[["id", "name"], ["1", "a"]])
    workbook = openpyxl.load_workbook(path)
    workbook["People"].sheet_state = "hidden"
    workbook.save(path)
    assert cells(path) == [HEADER, *ROWS]
    assert cells(path, sheet="People")[0] == ["id", "name"]


@pytest.mark.parametrize("name", ["orders.csv", "orders.xls", "orders.zip"])
def test_the_name_does_not_matter(name: str, tmp_path: Path) -> None:
    path = book(tmp_path, S=[HEADER, *ROWS]).rename(tmp_path / name)
    assert cells(path) == [HEADER, *ROWS]


def test_text_named_as_workbook(tmp_path: Path) -> None:
    path = tmp_path / "orders.xls"
    path.write_text("id\tdate\n007\t31/01/2024\n", encoding="utf-16")
    assert cells(path) == [["id", "date"], ["007", "31/01/2024"]]


def test_workbooks_and_text_together(tmp_path: Path) -> None:
    first = book(tmp_path, "a.xlsx", S=[HEADER, [7, MORNING, 2]])
    second = book(tmp_path, "b.xlsx", S=[HEADER, *ROWS], T=[HEADER, *ROWS])
    text = tmp_path / "c.csv"
    text.write_text("Mã KH,Ngày,Tiền\n9,2024-02-01,5\n", encoding="utf-8")
    found = cells([first, second, text])
    assert [row[-1] for row in found] == [
        "source_file", "a.xlsx", *["b.xlsx: S"] * 2, *["b.xlsx: T"] * 2, "c.csv",
    ]  # fmt: skip
    assert [row[0] for row in found[1:]] == ["7", "007", "8", "007", "8", "9"]
    assert found[1][2] == "2"


def test_a_long_sheet(tmp_path: Path) -> None:
    rows = [[str(number), number] for number in range(12_000)]
    found = cells(book(tmp_path, S=[["id", "amount"], *rows, ["x", "text"]]))
    assert found[1:3] == [["0", "0"], ["1", "1"]]
    assert found[-2:] == [["11999", "11999"], ["x", "text"]]


# Refusals


def assert_refused(source: object, match: str, **options: Any) -> None:
    with pytest.raises(OrdersError, match=match):
        open_source(source, **options)


def test_different_tables(tmp_path: Path) -> None:
    path = book(tmp_path, T1=[HEADER, *ROWS], People=[["id", "name"], ["1", "a"]])
    assert_refused(
        path,
        r"orders.xlsx has 2 sheets with different tables \('T1' has 'Mã KH', 'Ngày', 'Tiền'; "
        r"'People' has 'id', 'name'\)\. Say which to read: sheet='T1'; the sheets are 'T1', 'People'",
    )
    assert_refused(path, r"has no sheet 'Orders'; its 2 sheets are 'T1', 'People'", sheet="Orders")


@pytest.mark.parametrize("rows", [[], [["hello"]], ROWS])
def test_no_table(rows: list[list[Any]], tmp_path: Path) -> None:
    assert_refused(
        book(tmp_path, S=rows), r"no sheet with a table in it: a header row .* sheets: 'S'"
    )


def test_header_only(tmp_path: Path) -> None:
    assert_refused(book(tmp_path, S=[HEADER]), "orders.xlsx has a header but no rows")


def test_same_names(tmp_path: Path) -> None:
    assert_refused(
        book(tmp_path, S=[["a", "A", "b"], [1, 2, 3]]),
        r"2 columns share a name \('a', 'A'; capital letters do not count\) in sheet 'S'",
    )
