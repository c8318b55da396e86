"""Where the header of a grid of cells is, and what its columns are called."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from retention.errors import OrdersError, examples
from retention.orders.sources.cell_class import CellClass, cell_class

TITLE_ROWS = 50  # rows above the header that are looked through
ROWS_BELOW = 200  # rows that tell what the columns hold
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))

Row = Sequence[object]


def find_header(grid: Sequence[Row]) -> int | None:
    """The index of the header row, below titles and blank rows; None where the rows have none.

    It is the first row of words that spans most of the table. A row above it that looks like the
    rows below means that the table begins without a header.
    """
    classes = [[cell_class(cell) for cell in row] for row in grid[: TITLE_ROWS + ROWS_BELOW]]
    widths = [sum(one != "empty" for one in row) for row in classes]
    wide = [width for width in widths if width > 1]
    if not wide:
        return None
    needed = max(2, _median(wide) / 2)
    candidates = [index for index, width in enumerate(widths[:TITLE_ROWS]) if width >= needed]
    data = [index for index in candidates if _is_data(classes[index], classes[index + 1 :])]
    for index in candidates:
        if _is_words(classes[index]) and not _is_continued(index, classes, widths):
            is_late = any(one < index and widths[one] >= widths[index] for one in data)
            return None if is_late else index
    # Names may be numbers, too, such as years, but not like the values below them.
    return next((index for index in candidates[:1] if index not in data), None)


def column_names(cells: Row, label: str, noun: str) -> list[str]:
    """The header's cells as names: composed letters, single blanks; empty ones get a number.

    Raises
    ------
    OrdersError
        If two columns share a name.
    """
    names = [_name(cell) or f"column {number}" for number, cell in enumerate(cells, start=1)]
    plain = Counter(name.casefold() for name in names)
    twice = [name for name in names if plain[name.casefold()] > 1]
    if twice:
        raise OrdersError(
            f"{noun}: {len(twice)} columns share a name ({examples(twice)}; capital letters do not "
            f"count) in {label}. Rename them first."
        )
    return names


def _name(cell: object) -> str:
    """Blanks of all kinds, line breaks among them, become one; invisible signs go."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFC", "" if cell is None else str(cell))
    return " ".join(text.translate(_INVISIBLE).split())


def _median(values: list[int]) -> int:
    return sorted(values)[len(values) // 2]


def _is_words(classes: Sequence[str]) -> bool:
    return all(one in ("text", "empty") for one in classes)


def _is_continued(index: int, classes: list[list[CellClass]], widths: list[int]) -> bool:
    """Whether the next row names more columns: then this one is a title, or a header of groups."""
    following = index + 1
    return (
        following < len(classes)
        and _is_words(classes[following])
        and widths[following] > widths[index]
    )


def _is_data(row: Sequence[CellClass], below: list[list[CellClass]]) -> bool:
    """Whether numbers and dates stand where the rows below have them, too."""
    pairs = [(one, _usual_class(index, below)) for index, one in enumerate(row) if one != "empty"]
    known = [(one, usual) for one, usual in pairs if usual != "empty"]
    if _is_words(row) or not known:
        return not _is_words(row)
    same = [one for one, usual in known if one == usual]
    return len(same) >= 0.75 * len(known) and not _is_words(same)


def _usual_class(index: int, rows: list[list[CellClass]]) -> str:
    counts = Counter(row[index] for row in rows if index < len(row) and row[index] != "empty")
    return counts.most_common(1)[0][0] if counts else "empty"
