"""Workbooks of Excel and LibreOffice: the sheets that hold a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import python_calamine as calamine

from retention.engine.connection import store
from retention.errors import examples
from retention.orders.sources.header import ROWS_BELOW, TITLE_ROWS, column_names, find_header
from retention.orders.sources.part import Part
from retention.orders.sources.request import Request
from retention.orders.sources.sheet_columns import SheetColumn
from retention.orders.sources.shown_currencies import shown_currencies, with_shown
from retention.orders.sources.workbook_size import refuse_oversized

PIECE = 10_000  # rows that are held as Python values at once


class _Head(NamedTuple):
    """Where a sheet's table begins, and the cells of its header."""

    sheet: str
    skip: int
    cells: tuple[object, ...]

    def names(self) -> set[str]:
        return {str(cell).strip().casefold() for cell in self.cells if str(cell).strip()}


def open_workbook(path: Path, label: str, request: Request) -> list[Part]:
    """The sheet with a table, or all of them where they have the same columns.

    Raises
    ------
    OrdersError
        If it cannot be read, holds no table or different ones, or is far too large.
    """
    refuse_oversized(path, label, request)
    try:
        with path.open("rb") as handle:
            book = calamine.CalamineWorkbook.from_filelike(handle)
        heads = [_head(book, name) for name in _sheets(book, label, request)]
        tables = _chosen([head for head in heads if head], book, label, request)
        parts = [_part(book, head, (path, label), request) for head in tables]
    except calamine.PasswordError as error:
        raise request.refusal(
            f"{label} is protected by a password. Save a copy without one."
        ) from error
    except calamine.CalamineError as error:
        raise request.refusal(
            f"{label} could not be read as a workbook ({str(error).splitlines()[0]}). Open it in "
            "Excel, and save it as Excel workbook (xlsx) or CSV (UTF-8)."
        ) from error
    filled = [part for part in parts if part is not None]
    if not filled:
        raise request.refusal(f"{label} has a header but no rows. Export it again.")
    return filled


def _sheets(book: calamine.CalamineWorkbook, label: str, request: Request) -> list[str]:
    """The one asked for; else those that are not hidden."""
    sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if request.sheet is None:
        shown = [one for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible]
        return [one.name for one in shown or sheets]
    wanted = request.sheet.strip().casefold()
    found = [one.name for one in sheets if one.name.strip().casefold() == wanted]
    if not found:
        raise request.refusal(
            f"{label} has no sheet {request.sheet!r}; its {len(sheets)} sheets are "
            f"{', '.join(repr(one.name) for one in sheets)}. Pass one of them as sheet=."
        )
    return found


def _head(book: calamine.CalamineWorkbook, sheet: str) -> _Head | None:
    """None where the sheet has no header with a row below it."""
    grid = list(islice(_rows(book, sheet), TITLE_ROWS + ROWS_BELOW))
    index = find_header(grid)
    if index is None:
        return None
    return _Head(sheet, index + 1, tuple(grid[index]))


def _rows(book: calamine.CalamineWorkbook, sheet: str) -> Iterator[Sequence[object]]:
    table = book.get_sheet_by_name(sheet)
    # An empty sheet has no first cell to start from.
    return iter(()) if table.start is None else iter(table.iter_rows())


def _shown_rows(
    book: calamine.CalamineWorkbook, sheet: str, path: Path
) -> Iterator[Sequence[object]]:
    """The rows; numbers of a column that is shown in several currencies have theirs written out."""
    shown = shown_currencies(path, sheet)
    start = book.get_sheet_by_name(sheet).start
    rows = _rows(book, sheet)
    return with_shown(rows, shown, start[1]) if shown and start else rows


def _chosen(
    heads: list[_Head], book: calamine.CalamineWorkbook, label: str, request: Request
) -> list[_Head]:
    if not heads:
        sheets = ", ".join(repr(name) for name in book.sheet_names)
        raise request.refusal(
            f"{label} has no sheet with a table in it: a header row with names, and rows below "
            f"(its sheets: {sheets}). Put the columns' names on top of the table."
        )
    if any(head.names() != heads[0].names() for head in heads):
        listed = ", ".join(repr(head.sheet) for head in heads)
        columns = "; ".join(
            f"{head.sheet!r} has {examples(cell for cell in head.cells if str(cell).strip())}"
            for head in heads[:3]
        )
        raise request.refusal(
            f"{label} has {len(heads)} sheets with different tables ({columns}). Say which to read: "
            f"sheet={heads[0].sheet!r}; the sheets are {listed}."
        )
    return heads


def _part(
    book: calamine.CalamineWorkbook, head: _Head, file: tuple[Path, str], request: Request
) -> Part | None:
    path, label = file
    names = column_names(head.cells, f"sheet {head.sheet!r} of {label}", request.noun)
    columns = _columns(islice(_shown_rows(book, head.sheet, path), head.skip, None), len(names))
    has_name = [bool(str(cell).strip()) for cell in head.cells]
    kept = {
        name: column.array()
        for name, column, is_named in zip(names, columns, has_name, strict=True)
        if is_named or column.is_filled()
    }
    if not any(column.is_filled() for column in columns):
        return None
    return Part(store(pa.table(kept)), head.sheet)


def _columns(rows: Iterator[Sequence[object]], width: int) -> list[SheetColumn]:
    """Wholly empty rows are left out, as in a text file."""
    columns = [SheetColumn() for _ in range(width)]
    while piece := list(islice(rows, PIECE)):
        filled = [row for row in piece if any(cell not in ("", None) for cell in row)]
        for column, cells in zip(columns, zip(*filled, strict=True), strict=False):
            column.add(cells)
    return columns
