"""The layout of a text file: its dialect, where its header ends, and what its columns are called."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from retention.errors import examples
from retention.orders.sources.dialect import Dialect, find_dialect
from retention.orders.sources.header import column_names, find_header
from retention.orders.sources.request import Request

LONGEST_CELL = csv.field_size_limit()  # signs
MOST_COLUMNS = 5_000  # wider than any export; the engine takes minutes over more
SAMPLES = (2**18, 2**23)  # bytes at the start of the file; the second where rows are very long


@dataclass(frozen=True)
class Layout:
    """`skip` rows, the header the last of them, stand above the data; `unnamed` had no header."""

    dialect: Dialect
    skip: int
    names: tuple[str, ...]
    unnamed: tuple[str, ...]


def find_layout(path: Path, label: str, request: Request) -> Layout:
    """The layout of a UTF-8 text file, from its first rows.

    Raises
    ------
    OrdersError
        If it is no table, has no header row, or repeats a column's name.
    """
    found = None
    for size in SAMPLES:
        sample, is_cut = _sample(path, size)
        found = find_dialect(sample, is_cut)
        if not is_cut or (found and len(found.rows) > 10):
            break
    if found is None:
        raise _no_table(sample, label, request)
    index = find_header(found.rows)
    if index is None:
        raise _no_header(found.rows, label, request)
    _refuse_twice_coded(found.rows[index], label, request)
    header = _padded(found.rows[index], found.rows[index + 1 :])
    if len(header) > MOST_COLUMNS:
        raise request.refusal(
            f"the header of {label} has {len(header):,} cells, more than {MOST_COLUMNS:,}: the file is "
            "damaged, or rows and columns are turned. Export the table again."
        )
    names = column_names(header, label, request.noun)
    unnamed = [
        name for name, cell in zip(names, found.rows[index], strict=False) if not cell.strip()
    ]
    return Layout(found.dialect, index + 1, tuple(names), tuple(unnamed))


def _sample(path: Path, size: int) -> tuple[str, bool]:
    """The start of the file up to the end of a line, and whether the file goes on."""
    with path.open("rb") as handle:
        head = handle.read(size)
        is_cut = bool(handle.read(1))
    if is_cut and b"\n" in head:
        head = head[: head.rindex(b"\n") + 1]
    return head.decode("utf-8-sig", errors="replace"), is_cut


def _padded(header: list[str], below: Sequence[list[str]]) -> list[str]:
    """The header without the empty cells at its end that no row below fills.

    A row that has one cell more than the header stays one too many: it is found when all are read.
    """
    last = max((len(_trimmed(row)) for row in (header, *_usual(below))), default=0)
    return header[: max(last, len(_trimmed(header)))]


def _usual(rows: Sequence[list[str]]) -> list[list[str]]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    usual = max(widths, key=lambda one: (widths[one], one), default=0)
    return [row for row in rows if len(row) == usual]


def _trimmed(row: list[str]) -> list[str]:
    filled = [index for index, cell in enumerate(row) if cell.strip()]
    return row[: filled[-1] + 1] if filled else []


def _refuse_twice_coded(header: list[str], label: str, request: Request) -> None:
    """Text that was UTF-8, read as Windows-1252 and saved again, looks like Ã¡ for á."""
    line = ", ".join(header)
    for encoding in ("cp1252", "latin-1"):
        try:
            was = line.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if was != line:
            raise request.refusal(
                f"the letters of {label} were spoilt before it was saved ({examples(header)} was "
                f"{examples(was.split(', '))}): a program took UTF-8 for Windows-1252. Export the "
                "table again; in Excel use Data, From text, and choose 65001 (UTF-8)."
            )


def _no_table(sample: str, label: str, request: Request) -> Exception:
    longest = max((len(line) for line in sample.splitlines()), default=0)
    if longest > LONGEST_CELL:
        return request.refusal(
            f"{label} has a line of {longest:,} signs or more; a cell may have {LONGEST_CELL:,}. A quote "
            "may be open, or lines may end in a way of their own. Export it again, or as Parquet."
        )
    first = next((line.strip() for line in sample.splitlines() if line.strip()), "")
    if '"' in sample and any(separator in sample for separator in ",;\t|"):
        return request.refusal(
            f"the quotes of {label} do not close ({examples([first[:60]])}). A quote in a quoted "
            'cell must be doubled (""); export it again, or as Excel (xlsx) or Parquet.'
        )
    return request.refusal(
        f"the first line of {label} has no separator ({examples([first[:60]])}). A table names its "
        "columns there, separated by comma, semicolon, tab or |."
    )


def _no_header(rows: Sequence[Sequence[object]], label: str, request: Request) -> Exception:
    first = next((row for row in rows if any(str(cell).strip() for cell in row)), [])
    return request.refusal(
        f"{label} has no header row: its first row looks like the rows below ({examples(first)}). "
        "Put a row with the columns' names on top, such as customer_id, ordered_at, amount."
    )
