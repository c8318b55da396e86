"""What is said where a column of dates cannot be read: both readings, and how to choose."""

from __future__ import annotations

from typing import Any

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.hidden_ids import example_cells
from retention.orders.dates.given import BAR
from retention.orders.dates.proof import Proof
from retention.orders.dates.values import DATE_LENGTH


def refuse_open(column: Any, proof: Proof, others: list[str], noun: str) -> OrdersError:
    """Day and month (or year) can be read in two ways, and no cell decides."""
    if proof.mixed_with is not None:
        return _mixed(column, proof, noun)
    text, first, second = proof.evidence.example(proof.name, proof.unlike[0])
    cell = example_cells([_as_it_stands(column, text)])
    options = _options([BAR.join([*others, name]) for name in (proof.name, *proof.unlike)])
    every = "every date" if not others else f"{proof.count:,} dates"
    return OrdersError(
        f"{noun}: day and month cannot be told apart in {column.get_name()!r}: {every} can be read "
        f"in two ways ({cell} is {first:%Y-%m-%d} or {second:%Y-%m-%d}). Pass {options}."
    )


def refuse_swapped(column: Any, written: Proof, turned: Proof, noun: str) -> OrdersError:
    """Days up to 12 stand in one form and all others in another: the work of a spreadsheet."""
    as_is = BAR.join([written.name, turned.name])
    advice = f"pass date_format={_quoted(as_is)} if the days are right"
    if not turned.is_number:
        swapped = turned.name.translate(str.maketrans("dm", "md"))
        back = BAR.join([written.name, swapped])
        advice += f", or date_format={_quoted(back)} if day and month are to be swapped back"
    return OrdersError(
        f"{noun}: day and month cannot be told apart in {column.get_name()!r}: {turned.count:,} dates "
        f"of the form {_quoted(turned.name)} have no day above 12, and {written.count:,} of the form "
        f"{_quoted(written.name)} no other. So it looks when a spreadsheet took days for months "
        f"wherever it could. Export the table again; or {advice}."
    )


def _mixed(column: Any, proof: Proof, noun: str) -> OrdersError:
    rival = str(proof.mixed_with)
    ours = proof.evidence.only(proof.name, rival)
    theirs = proof.evidence.only(rival, proof.name)
    return OrdersError(
        f"{noun}: {column.get_name()!r} mixes two orders of day and month: {ours:,} dates can only be "
        f"{_quoted(proof.name)} and {theirs:,} only {_quoted(rival)}, so nobody knows what 05/04 is. "
        f"Export each part in one form; or pass {_options([proof.name, rival])} and "
        'unreadable="set_aside" to read one part.'
    )


def _options(formats: list[str]) -> str:
    *first, last = (f"date_format={_quoted(name)}" for name in formats)
    return f"{', '.join(first)} or {last}"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _as_it_stands(column: Any, text: str) -> str:
    """The cell behind a value of which only the date was kept."""
    cells = column.name("cell").as_table()
    same = cells.filter(cells.cell.startswith(text[:DATE_LENGTH]))
    return str(to_arrow(same.agg(cell=same.cell.min()))["cell"][0].as_py() or text)
