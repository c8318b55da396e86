"""Workbooks and binary tables, made the same to the byte wherever the format allows it."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from orders.corpus.text_files import AMOUNTS, CHANNELS, CUSTOMERS, DAYS, IDS, english, joined

STAMP = (1980, 1, 1, 0, 0, 0)
Cell = str | int | float | datetime | None
HEADER = ("customer_id", "order_id", "ordered_at", "amount", "channel")
TIMES = tuple(datetime.fromisoformat(f"{day}T10:30:00") for day in DAYS)
NUMBERS = tuple(float(amount) for amount in AMOUNTS)
TYPED: list[Sequence[Cell]] = [
    HEADER,
    *zip(CUSTOMERS, IDS, TIMES, NUMBERS, CHANNELS, strict=True),
]
# The same orders under whole numbers as ids.
NUMBERED: list[Sequence[Cell]] = [
    HEADER,
    *zip(
        (17850, 17851, 17850, 17852, 17851), (1, 2, 3, 4, 5), TIMES, NUMBERS, CHANNELS, strict=True
    ),
]


def zipped(members: dict[str, bytes]) -> bytes:
    """A zip archive whose bytes do not depend on the clock or on the compression library."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), content)
    return buffer.getvalue()


def _timeless(workbook: bytes, clock: str) -> bytes:
    """The archive without the member that says when it was made."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if clock == "docProps/core.xml":
        made = members[clock].decode()
        for word in ("created", "modified"):
            start = made.index(">", made.index(f"<dcterms:{word}")) + 1
            made = made[:start] + "1980-01-01T00:00:00Z" + made[made.index("</", start) :]
        members[clock] = made.encode()
    return zipped(members)


def xlsx(sheets: dict[str, Sequence[Sequence[Cell]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue(), "docProps/core.xml")


def xls(rows: Sequence[Sequence[Cell]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Orders")
    dated = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM")
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write(place, column, cell, dated)
            else:
                sheet.write(place, column, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(rows: Sequence[Sequence[Cell]]) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Orders")
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_ods_cell(cell))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    book.write(buffer)
    return _timeless(buffer.getvalue(), "")


def _ods_cell(cell: Cell) -> TableCell:
    if isinstance(cell, datetime):
        made = TableCell(valuetype="date", datevalue=cell.isoformat())
    elif isinstance(cell, (int, float)):
        made = TableCell(valuetype="float", value=repr(cell))
    else:
        made = TableCell(valuetype="string")
    made.addElement(P(text="" if cell is None else str(cell)))
    return made


def _arrow() -> pa.Table:
    return pa.table(
        {
            "customer_id": pa.array([2**64 - 1, 2**64 - 2, 2**64 - 1, 1, 2**64 - 2], pa.uint64()),
            "order_id": list(IDS),
            "ordered_at": pa.array(TIMES, pa.timestamp("us")),
            "amount": pa.array([Decimal(amount) for amount in AMOUNTS], pa.decimal128(18, 2)),
            "channel": pa.array(CHANNELS).dictionary_encode(),
        }
    )


def _parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer)
    return buffer.getvalue()


def _feather(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pyarrow.feather.write_feather(table, buffer, compression="uncompressed")
    return buffer.getvalue()


def _records() -> list[dict[str, object]]:
    """Big whole numbers as ids, and one record without a channel."""
    names = ("customer_id", "order_id", "ordered_at", "amount", "channel")
    people = (2**64 - 1, 2**53 + 1, 2**64 - 1, 2**53, 2**53 + 1)
    rows = zip(people, IDS, DAYS, NUMBERS, CHANNELS, strict=True)
    records = [dict(zip(names, row, strict=True)) for row in rows]
    del records[2]["channel"]
    return records


TITLES: list[Sequence[Cell]] = [
    ("Báo cáo bán hàng",),
    ("Quý 1 năm 2024",),
    (),
    (None, None, *HEADER),
    *((None, None, *row) for row in TYPED[1:]),
]
SERIALS: list[Sequence[Cell]] = [
    HEADER,
    *zip(CUSTOMERS, IDS, (45296, 45322, 45351, 45366, 45382), NUMBERS, CHANNELS, strict=True),
]
PRICES: list[Sequence[Cell]] = [("product", "price"), ("Tea", 12.5), ("Cup", 7.25)]
PLAIN = joined(english()).encode()

PACKED_FILES: dict[str, str | bytes] = {
    "workbook.xlsx": xlsx({"Orders": TYPED}),
    "workbook_numbered.xlsx": xlsx({"Orders": NUMBERED}),
    "workbook_titles.xlsx": xlsx({"Báo cáo": TITLES}),
    "workbook_serials.xlsx": xlsx({"Orders": SERIALS}),
    "workbook_with_notes.xlsx": xlsx({"Read me": [("Made by the shop",)], "Orders": TYPED}),
    "workbook_months.xlsx": xlsx(
        {"Jan": TYPED[:3], "Feb": [TYPED[0], TYPED[3]], "Mar": [TYPED[0], *TYPED[4:]]}
    ),
    "workbook_unlike.xlsx": xlsx({"Orders": TYPED, "Prices": PRICES}),
    "workbook_empty.xlsx": xlsx({"Sheet1": []}),
    "workbook.xls": xls(NUMBERED),
    "workbook.ods": ods(TYPED),
    "table.parquet": _parquet(_arrow()),
    "text_columns.parquet": _parquet(
        pa.table({name: [row[n] for row in english()[1:]] for n, name in enumerate(HEADER)})
    ),
    "table.feather": _feather(_arrow()),
    "records.jsonl": "".join(json.dumps(record) + "\n" for record in _records()),
    "records.json": json.dumps(_records(), indent=1),
    "packed.csv.gz": gzip.compress(PLAIN, compresslevel=0, mtime=0),
    "packed.zip": zipped({"orders/orders.csv": PLAIN, "__MACOSX/orders/._orders.csv": b"\0\5"}),
    "packed_months.zip": zipped(
        {
            "2024-01.csv": joined(english()[:3]).encode(),
            "2024-02.csv": joined([english()[0], *english()[3:]]).encode(),
        }
    ),
    "packed_unlike.zip": zipped({"orders.csv": PLAIN, "prices.csv": b"product,price\nTea,12.5\n"}),
    "packed_nothing.zip": zipped({"photo.png": b"\x89PNG\r\n"}),
    "cut.xlsx": xlsx({"Orders": TYPED})[:3000],
    "cut.csv.gz": gzip.compress(PLAIN, compresslevel=0, mtime=0)[:60],
}
