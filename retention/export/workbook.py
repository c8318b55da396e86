"""Tables as an Excel workbook: a sheet each, and a first sheet that says what each one means."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from retention.charts.picture import Picture
from retention.charts.picture_check import check_picture
from retention.errors import ArgumentError, ExportError, examples
from retention.export.chart_sheet import write_chart
from retention.export.glossary import glossary_of
from retention.export.sheet import sheet_names, write_sheet
from retention.files import atomic_path
from retention.hidden_ids import without_ids
from retention.kinds import as_path, require_flag, require_mapping
from retention.texts import definition, text

# What an .xlsx sheet can hold; one row goes to the header.
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384


def write_workbook(
    tables: Mapping[str, pd.DataFrame],
    path: str | Path,
    *,
    charts: Mapping[str, Picture] | None = None,
    has_glossary: bool = False,
) -> Path:
    """Write one sheet per table, after a first sheet with definition, as-of date and size of each.

    Parameters
    ----------
    tables
        Sheet name -> table. Names are shortened and made unique where Excel asks for it.
    path
        The .xlsx file to write; an older one is replaced.
    charts
        Sheet name -> picture from `describe_...`; each gets a sheet with its numbers and a native,
        editable chart, after the tables.
    has_glossary
        Whether a last sheet says what each column of the tables means, and its unit.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    ArgumentError
        `tables` is empty or holds something else than DataFrames, `charts` something else than
        pictures, or `path` is not an .xlsx file.
    ExportError
        A table is too large for a sheet, or the file cannot be written; nothing is left behind.

    Notes
    -----
    The trap: text that begins with ``= + - @`` gets a leading apostrophe, so that no spreadsheet
    runs it; do not read such ids back from the workbook.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from openpyxl import load_workbook
    >>> cells = pd.DataFrame({"age": [0, 1], "retention_rate": [1.0, 0.25]})
    >>> with TemporaryDirectory() as folder:
    ...     path = write_workbook({"cohorts": cells}, Path(folder) / "report.xlsx")
    ...     book = load_workbook(path)
    >>> book.sheetnames, book["cohorts"]["B3"].value, book["cohorts"]["B3"].number_format
    (['contents', 'cohorts'], 0.25, '0.0%')
    """
    require_flag("has_glossary", has_glossary)
    target = _checked_path(path)
    frames = {name: _checked_table(name, table) for name, table in _checked(tables).items()}
    pictures = _checked_charts({} if charts is None else charts)
    glossary = [text("glossary")] if has_glossary else []
    contents = text("contents")
    names = sheet_names([contents, *frames, *pictures, *glossary])
    sheets = names[: len(frames) + 1]
    book = Workbook(write_only=True)
    write_sheet(book, _contents(frames, sheets[1:]), name=sheets[0])
    for name, frame in zip(sheets[1:], frames.values(), strict=True):
        write_sheet(book, frame, name=name)
    for name, picture in zip(names[len(sheets) :], pictures.values(), strict=False):
        write_chart(book, picture, name=name)
    if has_glossary:
        write_sheet(book, glossary_of(frames.values()), name=names[-1])
    with atomic_path(target) as temporary:
        book.save(temporary)
    return target


def _checked_path(path: str | Path) -> Path:
    target = as_path("path", path)
    if target.suffix.lower() != ".xlsx":
        raise ArgumentError(f"path: {str(path)!r} is no workbook. Give a name that ends in .xlsx.")
    return target


def _checked(tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    if not isinstance(tables, Mapping) or not tables:
        raise ArgumentError(
            'tables: no table given. Pass a mapping, as {"cohorts": cohort_retention(orders)}.'
        )
    others = [name for name, table in tables.items() if not isinstance(table, pd.DataFrame)]
    if others:
        raise ArgumentError(
            f"tables: {len(others)} of {len(tables)} are no DataFrames ({examples(others)}). "
            "Pass tables; charts go into a Deck."
        )
    return tables


def _checked_charts(charts: Mapping[str, Picture]) -> Mapping[str, Picture]:
    require_mapping("charts", charts, 'Write {"name": describe_...(table)}.')
    others = [name for name, picture in charts.items() if not isinstance(picture, Picture)]
    if others:
        raise ArgumentError(
            f"charts: {len(others)} of {len(charts)} are no pictures ({examples(others)}). Pass what "
            "describe_...(table) returns."
        )
    for picture in charts.values():
        check_picture(picture)
    return charts


def _checked_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    # An index that means something becomes columns; counting numbers do not.
    frame = without_ids(table if isinstance(table.index, pd.RangeIndex) else table.reset_index())
    if len(frame) >= MAX_ROWS or frame.shape[1] > MAX_COLUMNS:
        raise ExportError(
            f"tables[{name!r}]: {len(frame):,} rows and {frame.shape[1]:,} columns; an Excel sheet "
            f"holds {MAX_ROWS - 1:,} rows under a header and {MAX_COLUMNS:,} columns. Nothing was "
            "written. Filter or aggregate it, or use its to_parquet()."
        )
    return frame


def _contents(frames: Mapping[str, pd.DataFrame], sheets: list[str]) -> pd.DataFrame:
    rows = [
        (
            sheet,
            str(name),
            definition({str(key): value for key, value in frame.attrs.items()}),
            str(frame.attrs.get("as_of") or ""),
            frame.attrs.get("customers"),
            len(frame),
            str(frame.attrs.get("call") or ""),
        )
        for sheet, (name, frame) in zip(sheets, frames.items(), strict=True)
    ]
    header = ("sheet", "table", "definition", "as of", "customers", "rows", "call")
    contents = pd.DataFrame(rows, columns=[text(word) for word in header])
    counts = {text(word): "Int64" for word in ("customers", "rows")}
    return contents.astype(counts)
