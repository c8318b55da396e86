"""A table as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

LONGEST_CELL = 40


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]], width: int = 96) -> list[str]:
    """Columns side by side, numbers to the right; the last one goes on in the next line."""
    table = [list(header), *([_short(cell) for cell in row[:-1]] + [row[-1]] for row in rows)]
    columns = list(zip(*table, strict=True))
    sizes = [max(map(len, column)) for column in columns[:-1]]
    begin = sum(sizes) + 2 * len(sizes)
    last = _aligned(columns[-1], min(max(map(len, columns[-1])), max(width - begin, 20)))
    first = [_aligned(column, size) for column, size in zip(columns, sizes, strict=False)]
    return [
        line.rstrip()
        for *cells, words in zip(*first, last, strict=True)
        for line in textwrap.wrap(
            "  ".join([*cells, words]), max(width, begin + 20),
            subsequent_indent=" " * begin, break_on_hyphens=False,
        ) or [""]
    ]  # fmt: skip


def _aligned(cells: Sequence[str], size: int) -> list[str]:
    is_number = all(not cell or cell.lstrip("-")[:1].isdigit() for cell in cells[1:])
    return [cell.rjust(size) if is_number else cell.ljust(size) for cell in cells]


def _short(cell: str) -> str:
    words = " ".join(cell.split())
    return words if len(words) <= LONGEST_CELL else f"{words[: LONGEST_CELL - 3]}..."
