"""One sheet of a workbook: header, number formats, column widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from retention.charts.colours import BLANK_CELL
from retention.charts.number import WITHOUT_DECIMALS
from retention.errors import ExportError
from retention.export.column_format import ColumnFormat, column_format, column_parts
from retention.export.sheet_begin import begin_sheet
from retention.files import neutralise

NUMBER_FORMATS: dict[ColumnFormat, str] = {
    "percent": "0.0%",
    "money": "#,##0.00",
    "integer": "#,##0",
    "decimal": "#,##0.00",
    "number": "General",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "boolean": "General",
    "text": "General",
}
_SHEET_NAME = 31
_LONGEST_TEXT = 32_767
_WIDEST = 60
# Above 15 digits a spreadsheet rounds a number, so that an id would change.
_LARGEST = 10**15


def sheet_names(names: Sequence[object]) -> list[str]:
    """Valid names for sheets: at most 31 characters, none that Excel forbids, no two alike.

    Examples
    --------
    >>> sheet_names(["a/b", "A-B", "=x", ""])
    ['a-b', 'A-B (2)', 'x', 'table']
    """
    taken: list[str] = []
    for name in names:
        allowed = re.sub(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]", "-", str(name))
        plain = allowed.strip(" '=+@-")
        # Excel keeps "History" for itself.
        base = f"{plain} " if plain.lower() == "history" else plain or "table"
        taken.append(_unique(base[:_SHEET_NAME], taken))
    return taken


def write_sheet(book: Workbook, frame: pd.DataFrame, *, name: str) -> Worksheet:
    """Append `frame` to a write-only workbook: bold frozen header, number formats, widths.

    Parameters
    ----------
    book
        An openpyxl workbook opened with ``write_only=True``.
    frame
        The table; its index is not written.
    name
        A valid name for the sheet, from `sheet_names`.

    Returns
    -------
    openpyxl worksheet
        The sheet, complete.

    Raises
    ------
    ExportError
        A text is longer than a cell can hold.

    Notes
    -----
    The trap: a write-only sheet takes widths and panes before its first row only.

    Examples
    --------
    >>> book = Workbook(write_only=True)
    >>> write_sheet(book, pd.DataFrame({"age": [0, 1]}), name="ages").title
    'ages'
    """
    sheet = book.create_sheet(name)
    try:
        _fill(sheet, frame, name)
    finally:
        # Also where a cell is refused: an open sheet would complain when it is thrown away.
        sheet.close()
    return sheet


def _fill(sheet: Worksheet, frame: pd.DataFrame, name: str) -> None:
    formats = [column_format(frame, place) for place in range(frame.shape[1])]
    codes = [_codes(frame, place) for place in range(frame.shape[1])]
    for place, form in enumerate(formats):
        width = _width(frame.columns[place], frame.iloc[:, place], form)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    sheet.freeze_panes = "A2"
    if frame.shape[1]:
        sheet.auto_filter.ref = f"A1:{get_column_letter(frame.shape[1])}{len(frame) + 1}"
    begin_sheet(sheet)
    if frame.shape[1]:
        sheet.append([_header(sheet, label) for label in frame.columns])
    for number, row in enumerate(_rows(frame)):
        cells = zip(row, codes, strict=True)
        sheet.append([_cell(sheet, value, code[number], name) for value, code in cells])


def _unique(name: str, taken: Sequence[str]) -> str:
    lowered = {other.lower() for other in taken}
    candidate, number = name, 2
    while candidate.lower() in lowered:
        ending = f" ({number})"
        candidate, number = name[: _SHEET_NAME - len(ending)] + ending, number + 1
    return candidate


def _codes(frame: pd.DataFrame, place: int) -> list[str]:
    """The number format of each row: that of the column, or of the figure which the row names."""
    codes = [""] * len(frame)
    for part in column_parts(frame, place):
        code = _code(part.form, frame)
        for row in part.places:
            codes[row] = code
    return codes


def _code(form: ColumnFormat, frame: pd.DataFrame) -> str:
    if form == "money" and frame.attrs.get("currency") in WITHOUT_DECIMALS:
        return "#,##0"
    return NUMBER_FORMATS[form]


def _width(label: object, column: pd.Series, form: ColumnFormat) -> float:
    if form == "text":
        longest = max([len(str(value)) for value in column.head(200)], default=0)
    elif form == "money":
        longest = 18
    else:
        longest = 17 if form == "datetime" else 11
    return float(min(max(longest, len(str(label))) + 3, _WIDEST))


def _header(sheet: Worksheet, label: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=neutralise(str(label)))
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color=BLANK_CELL.lstrip("#"))
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _rows(frame: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    columns = [frame.iloc[:, place].astype(object) for place in range(frame.shape[1])]
    return zip(*columns, strict=True)


def _cell(sheet: Worksheet, value: object, code: str, name: str) -> WriteOnlyCell:
    written = _written(value)
    if isinstance(written, str) and len(written) > _LONGEST_TEXT:
        raise ExportError(
            f"sheet {name!r}: a text of {len(written):,} characters; a cell holds "
            f"{_LONGEST_TEXT:,}. Nothing was written. Shorten it, or use the table's to_parquet()."
        )
    cell = WriteOnlyCell(sheet, value=written)
    cell.number_format = code
    if isinstance(written, str):
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(written) > _WIDEST)
    return cell


def _written(value: object) -> str | int | float | bool | datetime | date | timedelta | None:
    # Missing, endless or rounded numbers would be damaged or wrong in the file.
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, (float, Decimal)):
        return float(value) if abs(value) != float("inf") else str(value)
    if isinstance(value, int):
        return value if abs(value) < _LARGEST else str(value)
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime(warn=False)
    if isinstance(value, (date, timedelta)):
        return value
    return neutralise(str(value))
