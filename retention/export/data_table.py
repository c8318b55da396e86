"""A DataFrame as a native table: its first rows, with how many there are in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from retention.charts.colours import GRID, INK
from retention.errors import ArgumentError
from retention.export.box import POINT, Box
from retention.export.cell_text import cell_texts
from retention.export.cells import TEXT_EDGE, Look, add_grid, fill_cell
from retention.export.column_format import column_format
from retention.export.fit import LINE_HEIGHT, text_width
from retention.export.page import Page
from retention.hidden_ids import without_ids
from retention.texts import footer, text

MAX_ROWS = 12
_SIZES = tuple(range(18, 8, -1))
_MARGIN = 6
_PADDING = 2.0 * _MARGIN + 2
_NARROWEST, _WIDEST = 36.0, 260.0
_ROW_GAP = 8.0
# Place among the sizes of 12 points, from which on rows are left out instead.
_USUAL = 6


@dataclass(frozen=True)
class _Column:
    """Words of one column, and where they stand."""

    header: str
    cells: list[str]
    align: str

    def width(self, size: int) -> float:
        """Points the column would like to have, at most a comfortable line."""
        longest = max([text_width(cell, size=size) for cell in self.cells], default=0.0)
        words = [text_width(word, size=size, is_bold=True) for word in self.header.split()]
        return min(max(longest, *words, _NARROWEST) + _PADDING, _WIDEST * max(size / 12, 1.0))

    def lines(self, size: int, width: float) -> list[int]:
        """Lines that each cell takes, the header first; counted generously."""
        room = max(width - _PADDING, 1.0)
        long = [text_width(self.header, size=size, is_bold=True)]
        long += [text_width(cell, size=size) for cell in self.cells]
        return [1 if length <= room else int(length * 1.15 // room) + 1 for length in long]


def table_pages(frame: pd.DataFrame, *, room: tuple[float, float]) -> list[Page]:
    """The slide of a table: as many of its first 12 rows as fit.

    Parameters
    ----------
    frame
        A table of this package, or any other.
    room
        Width and height of the content's box, in points.

    Returns
    -------
    list of Page
        One page; its caption says how many rows and columns are shown of how many.

    Raises
    ------
    ArgumentError
        The table has no columns.

    Notes
    -----
    The trap: the rows shown are the first ones, not the largest; sort before.

    Examples
    --------
    >>> frame = pd.DataFrame({"age": range(40)})
    >>> table_pages(frame, room=(600.0, 300.0))[0].caption
    'First 12 of 40 rows'
    """
    if frame.shape[1] == 0:
        raise ArgumentError("content: a table without columns has nothing to show on a slide.")
    # An index that means something becomes columns, as in the workbook.
    frame = without_ids(frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index())
    columns = _columns(frame)
    shown, size, rows = _fitted(columns, room)
    attrs = frame.attrs

    def draw(slide: Any, box: Box) -> Any:
        return _draw(slide, box, shown, size, rows)

    page = Page(
        key=str(attrs.get("definition") or "table"),
        draw=draw,
        caption=_caption(frame, rows, len(shown)),
        footer=footer({str(key): value for key, value in attrs.items()}),
        call=str(attrs.get("call") or ""),
        as_of=str(attrs["as_of"]) if attrs.get("as_of") else None,
        heading=" ".join(map(str, frame.columns)),
    )
    return [page]


def _columns(frame: pd.DataFrame) -> list[_Column]:
    head = frame.head(MAX_ROWS)
    columns = []
    for place, name in enumerate(frame.columns):
        form = column_format(frame, place)
        header = text(str(name).replace("_", " "))
        align = "left" if form in ("text", "boolean", "date", "datetime") else "right"
        cells = cell_texts(head, place)
        columns.append(_Column(header[:1].upper() + header[1:], cells, align))
    return columns


def _fitted(
    columns: Sequence[_Column], room: tuple[float, float]
) -> tuple[list[_Column], int, int]:
    """Columns, font size and number of rows that fit: smaller type first, then fewer of them."""
    width, height = room
    fits = (s for s in _SIZES if _fits(columns, s, room))
    wide = (s for s in _SIZES[_USUAL:] if sum(c.width(s) for c in columns) <= width)
    size = next(fits, next(wide, _SIZES[-1]))
    shown = list(columns)
    while len(shown) > 1 and sum(column.width(size) for column in shown) > width:
        shown.pop()
    heights = _heights(shown, size, _widths(shown, size, width))
    used, rows = heights[0], 0
    for row in heights[1:]:
        if used + row > height:
            break
        used, rows = used + row, rows + 1
    return shown, size, rows


def _fits(columns: Sequence[_Column], size: int, room: tuple[float, float]) -> bool:
    """Whether the whole table fits at a size, at the widths that its columns would like."""
    width, height = room
    is_narrow = sum(column.width(size) for column in columns) <= width
    return is_narrow and sum(_heights(columns, size, _widths(columns, size, width))) <= height


def _widths(columns: Sequence[_Column], size: int, width: float) -> list[float]:
    """Widths in points: what each would like, and up to a third more where there is room."""
    liked = [column.width(size) for column in columns]
    stretch = min(width / sum(liked), 1.35)
    return [like * stretch for like in liked]


def _heights(columns: Sequence[_Column], size: int, widths: Sequence[float]) -> list[float]:
    lines = [column.lines(size, w) for column, w in zip(columns, widths, strict=True)]
    return [max(row) * size * LINE_HEIGHT + _ROW_GAP for row in zip(*lines, strict=True)]


def _draw(slide: Any, box: Box, columns: Sequence[_Column], size: int, rows: int) -> Any:
    widths = _widths(columns, size, box.points[0])
    heights = _heights(columns, size, widths)[: rows + 1]
    frame = add_grid(
        slide,
        box.inset(left=TEXT_EDGE - 3 * POINT),
        widths=[width * POINT for width in widths],
        heights=[height * POINT for height in heights],
    )
    for place, column in enumerate(columns):
        head = Look(size, is_bold=True, align=column.align, line=INK, margin=_MARGIN)
        fill_cell(frame.table.cell(0, place), column.header, head)
        body = Look(size, align=column.align, line=GRID, margin=_MARGIN)
        for row in range(rows):
            fill_cell(frame.table.cell(row + 1, place), column.cells[row], body)
    return frame


def _caption(frame: pd.DataFrame, rows: int, columns: int) -> str:
    parts = []
    if frame.empty:
        parts.append(text("No rows"))
    elif rows < len(frame):
        parts.append(text("First {shown} of {all} rows", shown=rows, all=f"{len(frame):,}"))
    if columns < frame.shape[1]:
        counts = {"shown": columns, "all": frame.shape[1]}
        parts.append(text("first {shown} of {all} columns", **counts))
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]
