"""What the cells of a column look like: a sample of the source, as text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import pyarrow as pa

from retention.engine.frames import to_arrow
from retention.orders.source import Source, reading

ROWS = 4000
LONGEST = 80  # characters of a cell that are looked at; no date, number or address is longer
BLANKS = frozenset(("", "nan", "null", "none", "n/a", "na", "<na>", "nat", "-", "--"))
_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|"
    r"september|october|november|december|thg|tháng)"
)
_DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}-\d{2}(?!\d)|(19|20)\d{6}[ t]\d{1,2}:\d{2}"
    rf"|(?:\b|\d){_MONTH}\b.*\d|\d.*\b{_MONTH}\b"
)
# Days as one number: 20240131, seconds and finer since 1970, days since 1900.
_DAY_NUMBER = re.compile(r"(19|20)\d{6}(\d{4,6})?|1?\d{9}(\d{3}){0,3}(\.\d+)?|[3-7]\d{4}(\.\d+)?")
_SIGN = re.compile(r"[₫$€£¥฿]|(?<![a-zđ])(vnd|vnđ|usd|eur|gbp|jpy|thb|sgd|đồng|dong|đ)(?![a-z])")
_NUMBER = re.compile(r"\(?[-−+]?\d[\d.,'\s]*\)?[-−]?(k|tr|m|triệu|nghìn|tỷ)?")
_THOUSANDS = re.compile(r"\d{1,3}([.,'\s]\d{3})+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NAME = re.compile(r"[^\W\d_]+(?:[\s.'-]+[^\W\d_]+)+\.?")


class Contents:
    """The cells of one column of the sample; a blank cell is None."""

    def __init__(self, cells: Sequence[str | None]) -> None:
        self.cells = cells
        self.filled = [cell for cell in cells if cell is not None]
        self.distinct = len(set(self.filled))

    def share(self, is_so: Callable[[str], object]) -> float:
        """Share of the filled cells; 0 where none is."""
        if not self.filled:
            return 0.0
        return sum(bool(is_so(cell[:LONGEST])) for cell in self.filled) / len(self.filled)

    @property
    def shown(self) -> list[str]:
        """Different cells for a message, cut where they are long."""
        return [cell[:LONGEST] for cell in dict.fromkeys(self.filled)]

    @cached_property
    def fill_share(self) -> float:
        """Share of the cells that are filled."""
        return len(self.filled) / len(self.cells) if self.cells else 0.0

    @cached_property
    def date_share(self) -> float:
        """Share of written dates: no bare numbers."""
        return self.share(lambda cell: _DATE.search(cell.lower()))

    @cached_property
    def possible_date_share(self) -> float:
        """Share of cells that some format of dates could read, bare numbers included."""
        return self.share(lambda cell: _DATE.search(cell.lower()) or _DAY_NUMBER.fullmatch(cell))

    @cached_property
    def numbers(self) -> list[float]:
        """The cells that are numbers, roughly: 1.250 is taken for 1250."""
        found = (as_number(cell) for cell in self.filled)
        return [number for number in found if number is not None]

    @cached_property
    def number_share(self) -> float:
        """Share of numbers."""
        return len(self.numbers) / len(self.filled) if self.filled else 0.0

    @cached_property
    def sign_share(self) -> float:
        """Share of cells with a currency's sign or code."""
        return self.share(lambda cell: _SIGN.search(cell.lower()) and as_number(cell) is not None)

    @cached_property
    def email_share(self) -> float:
        """Share of e-mail addresses."""
        return self.share(_EMAIL.fullmatch)

    @cached_property
    def name_share(self) -> float:
        """Share of cells of two words and more, letters only."""
        return self.share(_NAME.fullmatch)

    @cached_property
    def is_quantity(self) -> bool:
        """All numbers, whole and small, as numbers of items are."""
        if not self.numbers or self.number_share < 1:
            return False
        sizes = sorted(map(abs, self.numbers))
        is_whole = all(size == int(size) for size in sizes)
        return is_whole and sizes[len(sizes) // 2] <= 10 and sizes[int(len(sizes) * 0.95)] <= 100


class Sample:
    """The first rows of a source, fetched when first asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.names: tuple[str, ...] = tuple(source.rows.columns)
        self._contents: dict[str, Contents] = {}

    @property
    def size(self) -> int:
        """Number of rows looked at."""
        return int(self._rows.num_rows)

    @property
    def is_all(self) -> bool:
        """Whether the source has no more rows than these."""
        return self.size < ROWS

    def __getitem__(self, name: str) -> Contents:
        if name not in self._contents:
            column = self._rows.column(self.names.index(name))
            if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
                column = column.cast(pa.string())  # Python's own dates end with the year 9999
            self._contents[name] = Contents([_as_text(value) for value in column.to_pylist()])
        return self._contents[name]

    @cached_property
    def _rows(self) -> pa.Table:
        with reading(self._source):
            return to_arrow(self._source.rows.limit(ROWS))


def as_number(cell: str) -> float | None:
    """The number in a cell, good enough to see its size."""
    # Spreadsheets put an apostrophe before a number that is to stay text.
    text = _SIGN.sub("", cell[:LONGEST].lower()).strip().removeprefix("'")
    number = _from_figures(text) if _NUMBER.fullmatch(text) else _from_exponent(text)
    return number if number is not None and math.isfinite(number) else None


def _from_figures(text: str) -> float:
    figures = re.sub(r"[^\d.,]", "", text)
    if _THOUSANDS.fullmatch(figures):
        figures = re.sub(r"[.,]", "", figures)
    *whole, last = re.split(r"[.,]", figures)
    number = float(f"{''.join(whole)}.{last}" if whole else last or "0")
    return -number if re.search(r"[-−(]", text) else number


def _from_exponent(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _as_text(value: Any) -> str | None:
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    return None if text.lower() in BLANKS else text
