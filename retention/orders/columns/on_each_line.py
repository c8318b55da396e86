"""Whether a mapped column repeats what belongs to the order on each of its lines."""

from __future__ import annotations

from collections.abc import Sequence

from retention.orders.columns.declarations import ORDERS
from retention.orders.columns.draft import Draft
from retention.orders.columns.guess import Guess
from retention.orders.columns.order_level import level_of
from retention.orders.source import Source


def on_each_line(source: Source, guesses: Sequence[Guess], name: str) -> bool:
    """Whether our column of that name is mapped, and tells the order's number on each line."""
    draft = Draft(source, ORDERS, {guess.column: guess.source_column for guess in guesses})
    column = draft.column(name)
    return column is not None and level_of(draft, column) in ("repeated", "perhaps repeated")
