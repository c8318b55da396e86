"""How far a sheet of Excel reaches, told from its XML while it is unpacked."""

from __future__ import annotations

import re

from retention.orders.sources.packed import CHUNK

# Parts are known by what is in them: any name will do for the reader.
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheetData\b")
_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]*)")
# Longer ones, with zeros in front or not, are nobody's; they may go over several chunks.
_LONGEST = 12
_FAR = 2**32


class SheetExtent:
    """Rows and columns up to the last cell; none of a part that is no sheet."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 1
        self._is_sheet = False
        self._rest = b""
        self._tags = 0
        self._in_row = 0

    def feed(self, chunk: bytes) -> None:
        """Take what comes next; a tag at its end waits for what follows."""
        seen = self._rest + chunk
        end = seen.rfind(b">") + 1
        self._is_sheet = self._is_sheet or bool(_SHEET.search(seen))
        if self._is_sheet:
            self._read_places(seen)
            self._count(_TAG.findall(seen[:end]))
        self._rest = seen[end:][-CHUNK:]

    def _read_places(self, seen: bytes) -> None:
        places = set(_PLACE.findall(seen))
        self.rows = max(self.rows, *(_number(row) for _, row in places), 0)
        self.columns = max(self.columns, *map(_column, {name.upper() for name, _ in places}), 1)

    def _count(self, tags: list[bytes]) -> None:
        """Rows and cells need not say where they stand: each is then one further than the last."""
        first, *others = b" ".join(tags).split(b"row")
        counts = [self._in_row + first.count(b"c"), *(row.count(b"c") for row in others)]
        self._tags += len(others)
        self._in_row = counts[-1]
        self.rows = max(self.rows, self._tags)
        self.columns = max(self.columns, *counts)


def _number(digits: bytes) -> int:
    return _FAR if len(digits) > _LONGEST else int(digits or b"0")


def _column(letters: bytes) -> int:
    if len(letters) > _LONGEST:
        return _FAR
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
