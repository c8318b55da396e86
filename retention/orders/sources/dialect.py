"""How the cells of a text file are set apart: separator, quote, escape."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from retention.orders.sources.header import find_header

SEPARATORS = (",", ";", "\t", "|")
BLANKS = re.compile(r"\t+|\s{2,}"), re.compile(r"\s+")  # columns that are set with blanks


@dataclass(frozen=True)
class Dialect:
    """`separator` is one sign, or a pattern where columns are set apart by blanks.

    An empty `quote` means that quotes are signs like others; `escape` equals it where a quote in a
    quoted cell is doubled.
    """

    separator: str | re.Pattern[str]
    quote: str = '"'
    escape: str = '"'


class Tried(NamedTuple):
    """A dialect, the rows it makes of a sample, and how well they fit: the greater the better."""

    fit: tuple[bool, float, bool, int, int]
    dialect: Dialect
    rows: list[list[str]]


def find_dialect(sample: str, is_cut: bool = False) -> Tried | None:
    """The dialect that gives the sample a header and most rows the same number of cells.

    None where no separator gives two columns; `is_cut` tells that the file goes on.
    """
    separators = [separator for separator in SEPARATORS if separator in sample]
    candidates = (one for separator in separators for one in _candidates(sample, separator))
    tables = [one for one in (_tried(sample, dialect, is_cut) for dialect in candidates) if one]
    if not tables:
        blanks = (_tried(sample, Dialect(pattern, "", ""), is_cut) for pattern in BLANKS)
        tables = [one for one in blanks if one and one.fit[1] == 1 and len(one.rows) > 2][:1]
    # `max` keeps the first of equals: the candidates come in order of preference.
    return max(tables, key=lambda one: one.fit, default=None)


def split_rows(lines: Iterable[str], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row with the number of its last line; blank lines have no cells.

    Raises
    ------
    csv.Error
        Where a quote does not close.
    """
    if isinstance(dialect.separator, re.Pattern):
        for number, line in enumerate(lines, start=1):
            yield number, dialect.separator.split(line.strip()) if line.strip() else []
        return
    is_doubled = dialect.escape == dialect.quote
    reader = csv.reader(
        lines,
        delimiter=dialect.separator,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        doublequote=is_doubled,
        escapechar=None if is_doubled else dialect.escape,
        skipinitialspace=True,
        strict=True,
    )
    for row in reader:
        yield reader.line_num, row


def _candidates(sample: str, separator: str) -> Iterator[Dialect]:
    """Double quotes come first also where the sample has none: the rest of the file may."""
    edge = re.escape(separator)
    is_single = re.search(rf"(^|{edge})'[^'\n]*'({edge}|$)", sample, re.MULTILINE)
    if is_single and '"' not in sample:
        yield from _quoted(sample, separator, "'")
    yield from _quoted(sample, separator, '"')
    yield Dialect(separator, "", "")


def _quoted(sample: str, separator: str, quote: str) -> Iterator[Dialect]:
    yield Dialect(separator, quote, quote)
    if f"\\{quote}" in sample:
        yield Dialect(separator, quote, "\\")


def _tried(sample: str, dialect: Dialect, is_cut: bool) -> Tried | None:
    rows = _rows(sample, dialect, is_cut)
    header = find_header(rows)
    below = [row for row in rows[header or 0 :] if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in below)
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    if width < 2 or (not dialect.quote and _is_quoted(rows)):
        return None
    is_plain = bool(dialect.quote) and dialect.escape == dialect.quote
    share = widths[width] / widths.total()
    # Rows above the header are lost to the table: the fewer, the better.
    return Tried((header is not None, share, is_plain, -(header or 0), width), dialect, rows)


def _rows(sample: str, dialect: Dialect, is_cut: bool) -> list[list[str]]:
    """No rows where quotes do not close; the end of a sample that is cut does not count."""
    lines = io.StringIO(sample, newline="").readlines()
    rows: list[list[str]] = []
    reached = 0
    try:
        for number, row in split_rows(lines, dialect):
            rows.append(row)
            reached = number
    except csv.Error:
        return rows if is_cut and reached > len(lines) / 2 else []
    return rows


def _is_quoted(rows: list[list[str]]) -> bool:
    """Whether quotes stand around whole cells more often than elsewhere: then they are quotes."""
    with_quote = [cell.strip() for row in rows for cell in row if '"' in cell]
    whole = sum(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in with_quote)
    return bool(with_quote) and 2 * whole >= len(with_quote)
