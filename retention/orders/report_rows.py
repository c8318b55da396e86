"""Rows of a report that are no lines: its header again or described, notes below the table, rows of totals.

Told only where the row has no date that can be read, so that no line is ever taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pyarrow as pa
from ibis import _

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.described_header import is_described
from retention.orders.repeated_header import is_header
from retention.orders.rules.repeats import line_hash
from retention.orders.rules.total_words import is_total_word

HEADER, NOTE, TOTAL = "repeated_header", "footer", "total_row"
DESCRIBED = "described header"  # no rule: only the first row of a file is one
MOST = 10_000  # rows without a date; where there are more, it is the dates that are not understood
SCHEMA = pa.schema(
    [("line_number", pa.int64()), ("report_row", pa.string()), ("lone_cell", pa.string())]
)
_MARKS = ("line_hash", "is_header", "is_described")
_Row = Mapping[str, Any]


class _End(NamedTuple):
    """Where the rows of a file begin, its lines end, and what they add up to."""

    first: int
    last: int
    total: Decimal | None


def with_report_rows(lines: Any, rows: Any, theirs: Mapping[str, str]) -> Any:
    """Adds `report_row`, the rule that takes a row, and `lone_cell`, all that a doubtful row holds.

    Only where there are such rows. `lines` are stored, with the hash of the `rows` they were made of.
    """
    file = [name for name in ("source_file",) if name in lines.columns]
    odd = lines.filter(lines.ordered_at.isnull())
    odd = store(odd.select("line_number", "line_hash", "amount", *file).limit(MOST + 1))
    found = to_arrow(odd).to_pylist()
    if not 0 < len(found) <= MOST:
        return lines
    kinds = {row["line_hash"]: _kind(row, theirs) for row in _raw(rows, odd, theirs)}
    ends = _ends(lines, file)
    named = [told for row in found if (told := _named(row, kinds.get(row["line_hash"]), ends))]
    if not named:
        return lines
    table = store(pa.Table.from_pylist(named, SCHEMA))
    return store(lines.left_join(table, "line_number").drop("line_number_right"))


def _raw(rows: Any, odd: Any, theirs: Mapping[str, str]) -> list[_Row]:
    """The rows without a date as they came, each once: their texts, and what else is in them."""
    date = rows[theirs["ordered_at"]]
    first = date.strip().substr(0, 1) if date.type().is_string() else None
    undated = date.isnull() if first is None else date.isnull() | ~first.between("0", "9")
    marks = {"is_header": is_header(rows, theirs), "is_described": is_described(rows, theirs)}
    hashed = rows.mutate(line_hash=line_hash(rows), **marks)
    found = hashed.filter(undated).semi_join(odd, "line_hash").distinct()
    cells = [name for name in rows.columns if name not in ("line_number", "source_file")]
    texts = {name: found[name].cast("string") for name in cells}
    listed: list[_Row] = to_arrow(found.select(*_MARKS, **texts)).to_pylist()
    return listed


def _kind(row: _Row, theirs: Mapping[str, str]) -> tuple[str, str]:
    """What a row may be besides a line, and its first cell; what stands around it decides."""
    cells = {name: str(cell).strip() for name, cell in row.items() if name not in _MARKS and cell}
    filled = [cell for cell in cells.values() if cell]
    if row["is_header"]:
        return HEADER, ""
    if row["is_described"]:
        return DESCRIBED, ""
    customer = cells.get(theirs["customer_id"], "")
    label = next((cell for cell in filled if is_total_word(re.split("[(:]", cell)[0])), "")
    if label and customer in ("", label):
        return TOTAL, label
    return (NOTE, filled[0]) if len(filled) == 1 else ("", "")


def _ends(lines: Any, file: Iterable[str]) -> dict[str | None, _End]:
    is_dated = lines.ordered_at.notnull()
    grouped = lines.group_by(*file) if file else lines
    sums = {
        "first": _.line_number.min(),
        "last": _.line_number.max(where=is_dated),
        "total": _.amount.sum(where=is_dated),
    }
    found = to_arrow(grouped.agg(**sums)).to_pylist()
    return {
        row.get("source_file"): _End(row["first"], row["last"] or 0, row["total"]) for row in found
    }


def _named(
    row: _Row, kind: tuple[str, str] | None, ends: Mapping[str | None, _End]
) -> dict[str, Any] | None:
    """A row that is no line; a note only below the last one, the sum of the file anywhere."""
    rule, cell = kind or ("", "")
    end = ends.get(row.get("source_file"), _End(0, 0, None))
    if rule == DESCRIBED:
        rule = HEADER if row["line_number"] == end.first else ""
    if rule in ("", HEADER, TOTAL):
        told = {"report_row": rule, "lone_cell": None}
        return {"line_number": row["line_number"], **told} if rule else None
    is_below = row["line_number"] > end.last
    lone: dict[str, Any] = {
        "line_number": row["line_number"],
        "report_row": None,
        "lone_cell": cell,
    }
    if is_below and row["amount"] is None:
        return lone | {"report_row": NOTE, "lone_cell": None}
    if row["amount"] is not None and row["amount"] == end.total:
        return lone | {"report_row": TOTAL, "lone_cell": None}
    return lone if row["amount"] is None else None
