"""Whether the total of an order, written on each of its lines, can safely be counted once."""

from __future__ import annotations

from collections.abc import Sequence

from retention.orders.columns.declarations import ORDERS
from retention.orders.columns.draft import Draft
from retention.orders.columns.guess import Guess
from retention.orders.columns.line_totals import line_totals
from retention.orders.columns.order_level import ENOUGH, level_of
from retention.orders.columns.order_parts import parts_of
from retention.orders.columns.order_rows import rows_by_order
from retention.orders.source import Source


def amount_counts_once(source: Source, guesses: Sequence[Guess], amount_of: str) -> bool:
    """Whether the mapped amount is the order's, on each of its lines."""
    draft = Draft(source, ORDERS, {guess.column: guess.source_column for guess in guesses})
    draft.amount_of = amount_of
    amount = draft.column("amount")
    return amount is not None and counts_once(draft, amount)


def counts_once(draft: Draft, total: str) -> bool:
    """Whether the lines, the parts or the number of the orders prove the repetition.

    Lines of a remote table have no order of their own, so that none of them is the first.
    """
    order = draft.column("order_id")
    if order is None or draft.is_remote:
        return False
    level = level_of(draft, total)
    if draft.amount_of == "order" or level != "repeated":
        return draft.amount_of == "order" and level != "once"
    if line_totals(draft) is not None or parts_of(draft, total) is not None:
        return True
    several = [rows for rows in rows_by_order(draft.sample, order) if len(rows) > 1]
    return len(several) >= ENOUGH
