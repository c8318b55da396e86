"""Columns of numbers: which kind of date they are, by where all of them lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from retention.engine.frames import to_arrow
from retention.orders.dates.format import COMPACT, WORDS, DateFormat, Reading
from retention.orders.dates.given import BAR
from retention.orders.dates.numbers import COMPACTS, RANGES
from retention.orders.dates.parse import parse_dates

# Numbers beside other dates must lie among them, give or take a year.
NEAR = timedelta(days=366)


def choose_number_kind(column: Any, given: Sequence[str]) -> DateFormat:
    """The kinds that occur, the most frequent first. No number can be two of them.

    Nothing is read (no readings) where no kind fits.
    """
    cells = column.name("cell").as_table()
    patterns = _occurring(cells, _wanted(given))
    if not patterns:
        return DateFormat(None)
    moments = {
        pattern: parse_dates(cells.cell, DateFormat(None, (Reading(pattern),)), timezone="UTC")
        for pattern in patterns
    }
    rows = cells.select(**moments)
    counts: dict[str, Any] = {f"count {name}": rows[name].count() for name in patterns}
    counts |= {f"first {name}": rows[name].min() for name in patterns}
    counts |= {f"last {name}": rows[name].max() for name in patterns}
    row = to_arrow(rows.agg(**counts)).to_pylist()[0]
    found = sorted(
        (name for name in patterns if row[f"count {name}"]),
        key=lambda name: -row[f"count {name}"],
    )
    kept = [name for name in found if given or is_near(_span(row, name), _span(row, found[0]))]
    texts = dict.fromkeys(COMPACT if name in COMPACTS else name for name in kept)
    readings = tuple(Reading(name) for name in kept)
    return DateFormat(BAR.join(given or texts) if kept else None, readings)


def is_near(span: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    """Whether moments lie among others, give or take a year."""
    return bool(span[0] >= other[0] - NEAR and span[1] <= other[1] + NEAR)


def _occurring(cells: Any, patterns: Sequence[str]) -> list[str]:
    """The kinds in whose range a number lies: a cheap look before any date is worked out."""
    if not patterns:
        return []
    number = cells.cell
    within = {
        name: ((number >= low) & (number < high)).any()
        for name, (low, high) in RANGES.items()
        if name in patterns
    }
    row = to_arrow(cells.agg(**within)).to_pylist()[0]
    return [name for name in patterns if row[name]]


def _wanted(given: Sequence[str]) -> list[str]:
    if not given:
        return [*WORDS, *COMPACTS]
    found = []
    for name in given:
        found += [*COMPACTS] if name == COMPACT else [name] if name in (*WORDS, *COMPACTS) else []
    return found


def _span(row: dict[str, Any], name: str) -> tuple[Any, Any]:
    return row[f"first {name}"], row[f"last {name}"]
