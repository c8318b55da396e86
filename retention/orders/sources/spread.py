"""Lines from all over a large text file, which tell more than as many at its beginning."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from retention.orders.sources.dialect import split_rows
from retention.orders.sources.layout import Layout
from retention.orders.sources.part import Part
from retention.orders.sources.request import Request
from retention.orders.sources.text_rows import text_rows

PIECES = 256
BYTES = 2**15  # of a piece


def spread(part: Part, every: int, request: Request) -> Part:
    """The whole lines of a piece of the file every so many bytes, as a part of its own."""
    if part.path is None or part.text is None:
        raise TypeError("only text files are read in pieces")
    path = request.new_file(".csv")
    with path.open("wb") as copy:
        copy.writelines(_pieces(part.path, part.text, every))
    layout = replace(part.text, skip=0)
    return replace(part, rows=text_rows(path, layout), path=path, text=layout)


def _pieces(path: Path, layout: Layout, every: int) -> Iterator[bytes]:
    with path.open("rb") as handle:
        for start in range(0, path.stat().st_size, max(every, BYTES)):
            handle.seek(start)
            for _ in range(layout.skip if start == 0 else 1):
                handle.readline(BYTES)
            piece = handle.read(start + BYTES - handle.tell())
            lines = piece[: piece.rfind(b"\n") + 1]
            if _are_rows(lines, layout):
                yield lines


def _are_rows(lines: bytes, layout: Layout) -> bool:
    """Whether they are rows of the table: a piece may begin or end within a cell of many lines."""
    width = len(layout.names)
    try:
        text = io.StringIO(lines.decode("utf-8-sig"), newline="")
        rows = [cells for _, cells in split_rows(text, layout.dialect) if cells]
    except (csv.Error, UnicodeDecodeError):
        return False
    return all(len(cells) >= width and not any(cells[width:]) for cells in rows)
