"""How far the sheets of LibreOffice reach, told from their XML while it is unpacked."""

from __future__ import annotations

from contextlib import suppress
from xml.parsers import expat

ROW = "table:table-row"
CELLS = ("table:table-cell", "table:covered-table-cell")


class OpenDocumentExtent:
    """Rows and columns of the widest sheet; a few words there repeat a cell four thousand million times.

    Empty rows and cells at the end are written, too, and take nothing.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._sheet = (0, 0)
        self._passed = 0
        self._across = self._filled = self._times = self._depth = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end

    def feed(self, chunk: bytes) -> None:
        """Take what comes next.

        Raises
        ------
        expat.ExpatError
            If it is no XML.
        """
        self._parser.Parse(chunk)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if name in CELLS:
            self._across += _times(attributes, "columns")
            is_filled = any(one.startswith(("office:", "table:formula")) for one in attributes)
            self._filled = self._across if is_filled else self._filled
        elif name == ROW:
            self._begin_row(attributes)
        elif name == "table:table" and not self._depth:
            self._sheet, self._passed = (0, 0), 0
        elif self._depth:  # Something stands in a cell.
            self._filled = self._across

    def _begin_row(self, attributes: dict[str, str]) -> None:
        # What stands in a row within a row counts for the outer one.
        if not self._depth:
            self._across = self._filled = 0
            self._times = _times(attributes, "rows")
        self._depth += 1

    def _end(self, name: str) -> None:
        if name != ROW:
            return
        self._depth -= 1
        if not self._depth:
            self._end_row()

    def _end_row(self) -> None:
        self._passed += self._times
        if self._filled:
            self._sheet = (self._passed, max(self._sheet[1], self._filled))
            widest = (self.rows, self.columns)
            self.rows, self.columns = max(widest, self._sheet, key=lambda size: size[0] * size[1])


def _times(attributes: dict[str, str], of: str) -> int:
    """What is no number is refused by the reader."""
    with suppress(ValueError):
        return max(int(attributes.get(f"table:number-{of}-repeated", 1)), 0)
    return 1
