"""A text file split by Python, row by row: what is wrong with it, or a plain copy."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from retention.errors import OrdersError, examples
from retention.orders.sources.dialect import split_rows
from retention.orders.sources.layout import Layout
from retention.orders.sources.part import Part
from retention.orders.sources.request import Request

SHOWN = 3


class _Rows:
    """The rows below the header that have as many cells as it; the others are kept to be told.

    A row of one cell is a note, such as "page 1 of 3": what it is, is told with the other rows.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self.path, self.layout = path, layout
        self.count = 0
        self.wrong: list[tuple[int, list[str]]] = []

    def __iter__(self) -> Iterator[list[str]]:
        width = len(self.layout.names)
        with self.path.open(encoding="utf-8-sig", newline="") as lines:
            for number, cells in islice(
                split_rows(lines, self.layout.dialect), self.layout.skip, None
            ):
                if not any(cell.strip("\x1a \t\r\n\xa0") for cell in cells):
                    continue
                self.count += 1
                if any(cells[width:]) or (len(cells) < width and not _is_note(cells)):
                    self.wrong.append((number, cells))
                else:
                    yield (cells + [""] * width)[:width]


def _is_note(cells: list[str]) -> bool:
    return sum(bool(cell.strip()) for cell in cells) == 1


def rewrite(part: Part, request: Request) -> Path:
    """Write the rows again, separated by commas, and return the path of the copy.

    Raises
    ------
    OrdersError
        If rows have more or fewer cells than the header, or quotes do not close.
    """
    if part.path is None or part.text is None:
        raise TypeError("only text files are rewritten")
    rows = _Rows(part.path, part.text)
    target = request.new_file(".csv")
    try:
        with target.open("w", encoding="utf-8", newline="") as copy:
            writer = csv.writer(copy, lineterminator="\n")
            writer.writerow(part.text.names)
            writer.writerows(rows)
    except (csv.Error, UnicodeDecodeError) as error:
        raise request.refusal(
            f"{part.label} could not be read as a table: after row {rows.count:,} {_why(error)}. "
            "Open it in a text editor at that place; a quote in a quoted cell must be doubled."
        ) from error
    if rows.wrong:
        raise _ragged(rows, part, request)
    return target


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return 'it is no longer UTF-8 (say what it is, such as encoding="cp1252")'
    return "a quote is opened and not closed, or a cell is longer than 131,072 signs"


def _ragged(rows: _Rows, part: Part, request: Request) -> OrdersError:
    names = rows.layout.names
    shown = "; ".join(
        f"line {number:,} has {len(cells)}: {examples(cells)}{', ...' * (len(cells) > 3)}"
        for number, cells in rows.wrong[:SHOWN]
    )
    return request.refusal(
        f"{len(rows.wrong):,} of {rows.count:,} rows of {part.label} have more or fewer cells than "
        f"the {len(names)} columns of its header ({shown}). Look at these lines in a text editor: a "
        "separator or a line break in a cell needs quotes around the cell. Mend them, or export "
        "the table as Excel (xlsx) or Parquet."
    )
