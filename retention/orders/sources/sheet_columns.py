"""Columns of a sheet, typed by what their cells are: moments, numbers, or text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

WHOLE = 2.0**53  # beyond it, not every whole number is a float
ERRORS = {"#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"}


class SheetColumn:
    """The cells of one column, taken in piece by piece so that a long sheet fits in memory."""

    def __init__(self) -> None:
        self._pieces: list[pa.Array] = []

    def add(self, cells: Sequence[object]) -> None:
        """Take in the next cells; errors of formulas and empty text are missing."""
        self._pieces.append(_typed([_present(cell) for cell in cells]))

    def array(self) -> pa.ChunkedArray:
        """All cells as one kind; text where kinds are mixed, dates in ISO form."""
        kinds = {piece.type for piece in self._pieces if not pa.types.is_null(piece.type)}
        kind = kinds.pop() if len(kinds) == 1 else pa.string()
        if not self.is_filled():
            kind = pa.string()
        pieces = [_as_kind(piece, kind) for piece in self._pieces]
        column = pa.chunked_array(pieces, kind)
        return _whole(column) if pa.types.is_floating(kind) else column

    def is_filled(self) -> bool:
        """Whether any cell holds something."""
        return any(piece.null_count < len(piece) for piece in self._pieces)


def _present(cell: object) -> object:
    if isinstance(cell, str):
        return None if not cell.strip() or cell.strip() in ERRORS else cell
    return None if cell != cell else cell


def _typed(cells: list[object]) -> pa.Array:
    kinds = {_kind(cell) for cell in cells if cell is not None}
    if not kinds:
        return pa.nulls(len(cells))
    if kinds == {"number"}:
        return pa.array([None if cell is None else _float(cell) for cell in cells], pa.float64())
    if kinds == {"moment"}:
        return pa.array([None if cell is None else _moment(cell) for cell in cells])
    return pa.array([None if cell is None else _text(cell) for cell in cells], pa.string())


def _kind(cell: object) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        # A float would change so long a number.
        return "text" if isinstance(cell, int) and abs(cell) > WHOLE else "number"
    return "moment" if isinstance(cell, dt.date) else "text"


def _float(cell: Any) -> float:
    return float(cell)


def _moment(cell: Any) -> dt.datetime:
    if isinstance(cell, dt.datetime):
        return cell
    return dt.datetime(cell.year, cell.month, cell.day)


def _text(cell: object) -> str:
    """Whole floats lose their `.0`; dates without a time have none."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _as_kind(piece: pa.Array, kind: pa.DataType) -> pa.Array:
    if piece.type == kind:
        return piece
    if pa.types.is_null(piece.type):
        return pa.nulls(len(piece), kind)
    return pa.array([None if cell is None else _text(cell) for cell in piece.to_pylist()], kind)


def _whole(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers that are all whole, and exact as floats, become integers."""
    is_whole = pc.all(pc.equal(column, pc.floor(column))).as_py()
    largest = pc.max(pc.abs(column)).as_py()
    return column.cast(pa.int64()) if is_whole and largest < WHOLE else column
