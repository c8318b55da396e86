"""The element of a native table, read by the names of its rows and columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from retention.export.look import look_of
from retention.export.mark import mark

Key = tuple[str, str]
# Letters of each of the marks of a cell.
MARK = 3


@dataclass(frozen=True)
class TableElement:
    """An `a:tbl` element; of rows or columns with one name, the second is called "name (2)"."""

    xml: Any

    @property
    def headers(self) -> list[str]:
        """The first row."""
        rows = self.xml.findall(qn("a:tr"))
        return _numbered([_text(cell) for cell in rows[0].findall(qn("a:tc"))] if rows else [])

    @property
    def names(self) -> list[str]:
        """The first column, without the header."""
        rows = self.xml.findall(qn("a:tr"))[1:]
        return _numbered([_text(row.find(qn("a:tc"))) for row in rows])

    @property
    def columns(self) -> list[Any]:
        """The elements of the columns."""
        return list(self.xml.find(qn("a:tblGrid")).findall(qn("a:gridCol")))

    @property
    def widths(self) -> list[int]:
        """Widths of the columns in EMU."""
        return [int(column.get("w")) for column in self.columns]

    def cells(self) -> Iterator[tuple[Key, Any]]:
        """(name of the row, header) and element of each cell; the header's row has no name."""
        headers = self.headers
        rows = zip(["", *self.names], self.xml.findall(qn("a:tr")), strict=False)
        for name, row in rows:
            for header, cell in zip(headers, row.findall(qn("a:tc")), strict=False):
                yield (name, header), cell

    def looks(self) -> dict[str, Any]:
        """What the table looks like, JSON-able: three marks for each cell of a row."""
        rows: dict[str, str] = {}
        for (name, _), cell in self.cells():
            rows[name] = rows.get(name, "") + "".join(cell_marks(cell))
        return {"headers": self.headers, "widths": self.widths, "rows": rows}


def cell_marks(cell: Any) -> tuple[str, str, str]:
    """Marks of a cell's fill and lines, of its letters, and of their colour: three letters each."""
    font = next(cell.iter(qn("a:rPr")), None)
    letters, colour = "", ""
    if font is not None:
        letters = f"{font.get('sz')} {font.get('b', '0')} {font.get('i', '0')} {font.get('u', '')}"
        colour = look_of(font)
    words = (look_of(cell.find(qn("a:tcPr"))), letters, colour)
    return mark(words[0])[:MARK], mark(words[1])[:MARK], mark(words[2])[:MARK]


def _text(cell: Any) -> str:
    return "" if cell is None else "".join(part.text or "" for part in cell.iter(qn("a:t")))


def _numbered(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
