"""Parts put together: the columns of the first, in its order, with a column for the part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.datatypes as dt

from retention.errors import OrdersError, examples
from retention.orders.sources.part import Part

SOURCE_FILE = "source_file"


def _composed(text: Any) -> Any:
    """Declared for the engine, which has it: letters and their marks become one."""


_nfc = ibis.udf.scalar.builtin(_composed, name="nfc_normalize", signature=(("string",), "string"))


def put_together(parts: Sequence[Part], noun: str) -> Any:
    """The rows of all parts, one after the other; `source_file` tells them apart where needed.

    Raises
    ------
    OrdersError
        If the parts do not have the same columns.
    """
    if len(parts) == 1:
        return _tidy(parts[0])
    _refuse_other_columns(parts, noun)
    names = list(parts[0].rows.columns)
    tables = [_ordered(_tidy(part), names) for part in parts]
    kinds = {name: _kind([table[name].type() for table in tables]) for name in names}
    labelled = [
        table.select(
            **{name: _as_kind(table[name], kind) for name, kind in kinds.items()},
            **{SOURCE_FILE: ibis.literal(part.label, "string")},
        )
        for part, table in zip(parts, tables, strict=True)
    ]
    return _appended(labelled)


def _appended(tables: Sequence[Any]) -> Any:
    """All rows in the order of the tables, which Ibis' union of many would not keep."""
    if len(tables) == 1:
        return tables[0]
    half = len(tables) // 2
    return _appended(tables[:half]).union(_appended(tables[half:]), distinct=False)


def _tidy(part: Part) -> Any:
    """Composed letters; kinds of cells that no later step knows become text."""
    columns = {name: _plain(part.rows[name], part.has_marks) for name in part.rows.columns}
    return part.rows.select(**columns)


def _plain(column: Any, has_marks: bool) -> Any:
    kind = column.type()
    is_known = kind.is_numeric() or kind.is_temporal() or kind.is_boolean() or kind.is_string()
    if not is_known or kind.is_time() or kind.is_interval():
        column = column.cast("string")
    return _nfc(column) if column.type().is_string() and has_marks else column


def _ordered(table: Any, names: Sequence[str]) -> Any:
    theirs = {name.casefold(): name for name in table.columns}
    return table.select(**{name: table[theirs[name.casefold()]] for name in names})


def _kind(kinds: Sequence[dt.DataType]) -> dt.DataType:
    """The kind that holds all: their own where they agree, else numbers, moments, or text."""
    if len({kind.copy(nullable=True) for kind in kinds}) == 1:
        return kinds[0]
    if all(kind.is_numeric() for kind in kinds):
        return dt.highest_precedence(kinds)
    is_naive = all(kind.is_date() or getattr(kind, "timezone", "") is None for kind in kinds)
    return dt.Timestamp() if is_naive else dt.String()


def _as_kind(column: Any, kind: dt.DataType) -> Any:
    """Whole floats lose their `.0` on the way to text, so that 17850.0 and 17850 are one id."""
    if column.type() == kind:
        return column
    if kind.is_string() and column.type().is_floating():
        whole = column.try_cast("int64")
        is_whole = (whole.cast("float64") == column).fill_null(False)
        return ibis.ifelse(is_whole, whole.cast("string"), column.cast("string"))
    return column.cast(kind)


def _refuse_other_columns(parts: Sequence[Part], noun: str) -> None:
    first = parts[0]
    own = [name for name in first.rows.columns if name.casefold() == SOURCE_FILE]
    if own:
        raise OrdersError(
            f"{noun}: {first.label} has a column {own[0]!r}, the name that tells several files "
            "apart. Rename it."
        )
    wrong = [(part, *_difference(first, part)) for part in parts[1:]]
    wrong = [(part, lacks, more) for part, lacks, more in wrong if lacks or more]
    if wrong:
        shown = "; ".join(_told(*one) for one in wrong[:3])
        raise OrdersError(
            f"{noun}: {len(wrong)} of {len(parts)} files do not have the columns of {first.label}: "
            f"{shown}. Read together, files must have the same columns (their order does not "
            "matter). Rename or add them, or read the files apart."
        )


def _difference(first: Part, part: Part) -> tuple[list[str], list[str]]:
    ours = {name.casefold() for name in first.rows.columns}
    theirs = {name.casefold() for name in part.rows.columns}
    lacks = [name for name in first.rows.columns if name.casefold() not in theirs]
    return lacks, [name for name in part.rows.columns if name.casefold() not in ours]


def _told(part: Part, lacks: list[str], more: list[str]) -> str:
    parts = [f"lacks {examples(lacks)}"] * bool(lacks) + [f"has {examples(more)}"] * bool(more)
    return f"{part.label} {' and '.join(parts)}"
