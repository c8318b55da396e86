"""Which column splits the total of an order over its rows: several payments of one order."""

from __future__ import annotations

import math

from retention.orders.columns.draft import Draft
from retention.orders.columns.order_rows import numbers_of, rows_by_order

CENT = 0.005  # sums of floats are equal to the cent


def parts_of(draft: Draft, total: str) -> str | None:
    """A column that differs within orders and adds up to `total` in every order; None without one."""
    order = draft.column("order_id")
    if order is None:
        return None
    orders = rows_by_order(draft.sample, order)
    settled = {guess.source_column for guess in draft.guesses.values()} - {draft.column("amount")}
    others = [name for name in draft.sample.names if name != total and name not in settled]
    numbers = numbers_of(draft.sample, total)
    return next((name for name in others if _adds_up(draft, name, numbers, orders)), None)


def _adds_up(draft: Draft, name: str, totals: list[float | None], orders: list[list[int]]) -> bool:
    if draft.sample[name].number_share < 1:
        return False
    parts = [number or 0.0 for number in numbers_of(draft.sample, name)]
    differs = any(len({parts[row] for row in order}) > 1 for order in orders)
    return differs and all(_is_sum(totals[order[0]], parts, order) for order in orders)


def _is_sum(total: float | None, parts: list[float], order: list[int]) -> bool:
    found = math.fsum(parts[row] for row in order)
    return total is not None and abs(found - total) <= CENT * len(order)
