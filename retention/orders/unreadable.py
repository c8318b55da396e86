"""Cells that cannot be read: counted, shown, and refused with the advice that fits them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from retention.engine.frames import to_arrow
from retention.errors import OrdersError, examples
from retention.hidden_ids import example_cells
from retention.orders.dates import date_advice
from retention.orders.formats import NUMBERS, Formats
from retention.orders.numbers.advice import number_advice
from retention.orders.problems import Problems

SHOWN = 50  # what the advice is taken from; a message shows three of them
# Such cells are read as missing, so what stands in each is not known any more.
BLANK = "empty, 'N/A' or an error of the spreadsheet"
# What becomes of such lines, and the rule that shows them.
_THEN = {
    "date": 'to go on without them; orders.set_aside("unreadable_date") then shows them',
    "amount": 'to go on without them; orders.set_aside("unreadable_amount") then shows them',
    "number": "to keep the rows without these numbers; "
    'orders.set_aside("unreadable_number") then shows them',
}


class _Kind(NamedTuple):
    """One kind of cell: which lines lack it, the columns it comes from, and what to do."""

    is_bad: Any
    columns: list[str]
    advice: Callable[[list[str]], str]


def lost_cells(typed: Any) -> int:
    """Cells with something in them that could not be read."""
    found = [typed[name].count() for name in ("date_found", "amount_found", "number_found")]
    return int(to_arrow((found[0] + found[1] + found[2]).as_table())[0][0].as_py())


def refuse_unreadable(
    typed: Any, theirs: Mapping[str, str], formats: Formats, problems: Problems
) -> None:
    """Note each kind of cell that cannot be read, or is missing where it is needed.

    Columns whose format was refused have their own problem already.
    """
    prices = [ours for ours in ("amount",) if ours in theirs] or ["quantity", "unit_price"]
    others = [ours for ours in NUMBERS if ours in theirs and ours != "amount"]
    dated = partial(date_advice, chosen=formats.date)
    if "report_row" in typed.columns:
        typed = typed.filter(typed.report_row.isnull())
    kinds = {
        "date": _Kind(typed.ordered_at.isnull(), ["ordered_at"], dated),
        "amount": _Kind(typed.amount.isnull(), prices, partial(number_advice, column=prices[0])),
        "number": _Kind(
            typed.has_unreadable_number & typed.amount.notnull(),
            others,
            partial(number_advice, column=others[0] if others else None),
        ),
    }
    read = {*formats.numbers, *(["ordered_at"] if formats.date else [])}
    kinds = {what: kind for what, kind in kinds.items() if read.issuperset(kind.columns)}
    counted = {what: kind.is_bad.sum().fill_null(0) for what, kind in kinds.items()}
    counts = to_arrow(typed.agg(lines=typed.count(), **counted)).to_pylist()[0]
    for what, kind in kinds.items():
        if counts[what]:
            with problems.collected():
                names = [theirs[ours] for ours in _lacking(typed, kind)]
                _refuse(typed, what, kind, names, (counts[what], counts["lines"]))


def _lacking(typed: Any, kind: _Kind) -> list[str]:
    """The columns that lack a value in such lines; one that was read everywhere is not at fault."""
    known = [ours for ours in kind.columns if ours in typed.columns]
    bad = typed.filter(kind.is_bad)
    counts = to_arrow(bad.agg(lines=bad.count(), **{ours: bad[ours].count() for ours in known}))
    row = counts.to_pylist()[0]
    return [ours for ours in kind.columns if row.get(ours) != row["lines"]] or kind.columns


def _lone_cells(typed: Any, kind: _Kind) -> str:
    """A word on rows of one cell, which are titles or page numbers rather than lines."""
    if "lone_cell" not in typed.columns or kind.columns != ["ordered_at"]:
        return ""
    found = typed.filter(kind.is_bad & typed.lone_cell.notnull()).order_by("line_number")
    cells = to_arrow(found.select("lone_cell").limit(SHOWN))["lone_cell"].to_pylist()
    if not cells:
        return ""
    count = to_arrow(found.count().as_table())[0][0].as_py()
    return (
        f"{count:,} of them hold nothing but one cell ({example_cells(cells)}), as titles and page numbers "
        "between the lines do: take such rows out at the source. "
    )


def _refuse(typed: Any, what: str, kind: _Kind, names: list[str], counts: tuple[int, int]) -> None:
    found = f"{what}_found"
    cells = typed.filter(kind.is_bad).select(found).distinct().order_by(found).limit(SHOWN)
    shown = [cell or "" for cell in to_arrow(cells)[found].to_pylist()]
    filled = [cell for cell in shown if cell]
    way = kind.advice(shown) if filled else "fill them in at the source"
    listed = ", ".join(
        [example_cells(filled)] * bool(filled) + [BLANK] * (len(filled) < len(shown))
    )
    raise OrdersError(
        f"orders: {counts[0]:,} of {counts[1]:,} rows have no readable {what} in {examples(names)} "
        f"({listed}). {_lone_cells(typed, kind)}{way[:1].upper()}{way[1:]}, or pass "
        f'unreadable="set_aside" {_THEN[what]}.'
    )
