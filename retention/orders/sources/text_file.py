"""A text file as rows of text, read by the engine with a layout found beforehand."""

from __future__ import annotations

from pathlib import Path

from retention.orders.sources.dialect import Dialect
from retention.orders.sources.encoding import find_encoding
from retention.orders.sources.layout import Layout, find_layout
from retention.orders.sources.part import Part
from retention.orders.sources.recode import recode
from retention.orders.sources.request import Request
from retention.orders.sources.rewrite import rewrite
from retention.orders.sources.text_rows import text_rows

CHUNK = 2**20
# Lead bytes of marks that are set over the letter before them; UTF-8 uses them for nothing else
# (and the marks of Japanese kana).
_MARKS = (b"\xcc", b"\xcd", b"\xe3\x82\x99", b"\xe3\x82\x9a")


def open_text(path: Path, label: str, request: Request, *, is_own: bool = False) -> Part:
    """Open a text file in any encoding and dialect; its rows are not read yet.

    Raises
    ------
    OrdersError
        If it is no text, or no table with a header.
    """
    encoding = find_encoding(path, label, request)
    is_copy = encoding != "utf-8"
    if is_copy:
        path = recode(path, encoding, label, request)
    layout = find_layout(path, label, request)
    has_marks = not is_copy and _has_marks(path)
    if not isinstance(layout.dialect.separator, str):
        return mended(Part(None, label, path, layout, has_marks), request)
    return Part(text_rows(path, layout), label, path, layout, has_marks, is_copy or is_own)


def mended(part: Part, request: Request) -> Part:
    """The same text, written again row by row as plainly as can be, for what the engine refuses.

    Raises
    ------
    OrdersError
        If rows have more or fewer cells than the header, or quotes do not close.
    """
    if part.text is None or part.path is None:
        return part
    path = rewrite(part, request)
    layout = Layout(Dialect(","), 1, part.text.names, part.text.unnamed)
    return Part(text_rows(path, layout), part.label, path, layout, part.has_marks, is_own=True)


def _has_marks(path: Path) -> bool:
    """Whether letters may be decomposed, from the bytes: normalising each cell takes long."""
    with path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            if not chunk.isascii() and any(mark in chunk for mark in _MARKS):
                return True
    return False
