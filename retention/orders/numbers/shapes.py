"""What the cells of a column say about their separators and currencies, counted by shape.

Cells are grouped by shape (every digit but 0 is a 9) before any pattern is tried, so that twelve
million cells cost hardly more than a few hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ibis
from ibis import _

from retention.engine.frames import MONEY, to_arrow
from retention.orders.numbers.currency_signs import meant_by, signs_of
from retention.orders.numbers.patterns import POWER, UNITS, kinds_of
from retention.orders.numbers.text import clean_text

_SIGN = "|".join([*(re.escape(sign) for sign in signs_of(None)), "[a-z]{3}"])
_PARTS = ("before", "body", "power", "unit", "after")
_CELL = (
    rf"^'?[-+(]? *({_SIGN})? *[-+(]? *"
    rf"(?:(\d[\d.,']*(?: \d[\d.,']*)*|[.,]\d+)({POWER})?"
    rf"( ?(?:{'|'.join(UNITS)}) ?\d*)?)?"
    rf"(?:-| *\))? *({_SIGN})?(?:-| *\))?$"
)


@dataclass(frozen=True)
class NumberShape:
    """Cells that say the same.

    `kind` is one of `kinds_of` a point or a comma; empty where the cells prove nothing.
    """

    kind: str
    before: str
    after: str
    cells: int
    example: str

    def currency(self, given: str | None) -> str | None:
        """The currency of these cells, if they name one."""
        return meant_by((self.before, self.after), given)


def number_shapes(column: Any) -> list[NumberShape]:
    """The kinds of cell in a local text column, with the number of cells and one example of each."""
    cells = column.name("cell").as_table()
    shapes = (
        cells.filter(_.cell.notnull())
        .group_by(shape=_shape(cells.cell))
        .agg(cells=_.count(), example=_.cell.min())
    )
    parts = shapes.mutate(part=_extract(shapes.shape, _CELL, ibis.array(list(_PARTS))))
    kinds = parts.select("cells", "example", *(parts.part[name].name(name) for name in _PARTS))
    found = (
        kinds.mutate(kind=_kind(kinds))
        .group_by("kind", "before", "after")
        .agg(cells=_.cells.sum(), example=_.example.min())
        .order_by("kind", "before", "after")
    )
    return [
        NumberShape(**row | {"cells": int(row["cells"])}) for row in to_arrow(found).to_pylist()
    ]


def count_currencies(shapes: Iterable[NumberShape], given: str | None) -> dict[str, int]:
    """Cells by currency, the most frequent first; cells that name none are left out."""
    counts: dict[str, int] = {}
    for shape in shapes:
        code = shape.currency(given)
        if code and code != "?":
            counts[code] = counts.get(code, 0) + shape.cells
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _builtin(text: Any, pattern: Any, names: Any) -> Any:
    """DuckDB's own: all groups of a pattern at once, empty where it does not match."""


_extract = ibis.udf.scalar.builtin(
    _builtin,
    name="regexp_extract",
    signature=(
        ("string", "string", "array<string>"),
        "struct<" + ", ".join(f"{name}: string" for name in _PARTS) + ">",
    ),
)


def _shape(cell: Any) -> Any:
    """Most cells are plain numbers, whose shape needs no look at each character."""
    is_plain = cell.try_cast(MONEY).notnull() & ~cell.contains("_")
    is_tidy = cell.right(1).between("0", "9")
    is_three = cell.length() - cell.find(".") == 4
    is_long = cell.left(1).between("1", "9") & (cell.find(".") > 3)
    pointed = ibis.cases(
        (is_tidy & ~is_three, "9.9"),
        (is_tidy & is_long, "9999.999"),
        else_=_digits(cell.strip()),
    )
    plain = ibis.ifelse(cell.contains("."), pointed, "9")
    return ibis.ifelse(is_plain, plain, _digits(clean_text(cell)))


def _digits(text: Any) -> Any:
    return text.translate("12345678", "99999999")


def _kind(parts: Any) -> Any:
    is_said = parts.unit == ""
    has_power = parts.power != ""
    return ibis.cases(
        *((is_said & has_power & parts.body.contains(sign), f"{sign}2") for sign in ".,"),
        *((is_said & parts.body.re_search(f"^(?:{kind})$"), name) for name, kind in _KINDS.items()),
        else_="",
    )


_KINDS = kinds_of(".") | kinds_of(",")
