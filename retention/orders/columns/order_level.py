"""Whether a column speaks of a line or of its whole order: totals, statuses and coupons of an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from retention.orders.columns.contents import Contents, Sample
from retention.orders.columns.draft import Draft
from retention.orders.columns.guess import Guess
from retention.orders.columns.line_totals import line_totals
from retention.orders.columns.order_parts import parts_of
from retention.orders.columns.order_rows import numbers_of, rows_by_order
from retention.orders.plain import plain
from retention.orders.source import Source

Level = Literal["line", "once", "repeated", "perhaps repeated"]
# Words of headers that speak of the order.
TOTALS = frozenset(("order", "cart", "grand", "payment", "don", "gd"))
TOTAL_STARTS = (["hoa", "don"], ["tong", "gia"], ["khach", "can"], ["khach", "phai"])
# Words of headers that may mean the sum of an order, and those that say that they do not.
SUMS = frozenset(("total", "tong"))
LINES = frozenset(("line", "item", "product", "sku", "san", "sp", "unit"))
# What belongs to a line wherever it stands.
OF_A_LINE = ("order_id", "product", "category", "quantity", "unit_price", "cost")
# So many orders of several lines are no chance; with fewer, a second column must stand likewise.
ENOUGH = 3
MANY = 10


def once_per_order(source: Source, guesses: Sequence[Guess]) -> tuple[str, ...]:
    """Our columns whose cells stand on one line of each order and are empty on its others.

    Exports of Shopify's kind write status, coupon and total on an order's first line only. Text and
    times hold for every line of the order; money counts once.
    """
    theirs = {guess.column: guess.source_column for guess in guesses}
    if "order_id" not in theirs:
        return ()
    sample = Sample(source)
    orders = _orders_of_many_lines(sample, theirs["order_id"])
    found = {
        ours: _orders_with_one_cell(sample[name], orders)
        for ours, name in theirs.items()
        if ours not in OF_A_LINE
    }
    proofs = [count for count in found.values() if count]
    if len(proofs) < 2 and max(proofs, default=0) < ENOUGH:
        return ()
    return tuple(ours for ours, count in found.items() if count is not None)


def level_of(draft: Draft, theirs: str) -> Level:
    """Whether money of a column belongs to its line or to the whole order."""
    order, sample = draft.column("order_id"), draft.sample
    if order is None or draft.amount_of == "line":
        return "line"
    orders = _orders_of_many_lines(sample, order)
    if _is_once(sample, orders, theirs):
        return "once"
    values = numbers_of(sample, theirs)
    orders = [places for places in orders if any(values[row] != 0 for row in places)]
    if not orders or any(not _is_constant(values, places) for places in orders):
        return "line"
    lines = line_totals(draft)
    if lines is not None:
        telling = any(not _is_constant(lines, places) for places in orders)
        return "repeated" if telling else _by_sums(values, orders, lines)
    if _is_called_total(theirs) or parts_of(draft, theirs):
        return "repeated"
    return _by_rows(draft, theirs, values, orders)


def _orders_of_many_lines(sample: Sample, column: str) -> list[list[int]]:
    """The rows of each order that has several."""
    return [places for places in rows_by_order(sample, column) if len(places) > 1]


def _orders_with_one_cell(contents: Contents, orders: list[list[int]]) -> int | None:
    """Number of orders with a single filled cell; None if any order has more."""
    counts = [sum(contents.cells[row] is not None for row in order) for order in orders]
    return None if any(count > 1 for count in counts) else sum(counts)


def _is_once(sample: Sample, orders: list[list[int]], column: str) -> bool:
    """Whether the total stands on one line of every order, and no chance made it so."""
    count = _orders_with_one_cell(sample[column], orders)
    if not orders or count != len(orders):
        return False
    here = _filled_rows(sample[column], orders)
    others = (name for name in sample.names if name != column)
    return count >= ENOUGH or any(_filled_rows(sample[name], orders) == here for name in others)


def _filled_rows(contents: Contents, orders: list[list[int]]) -> list[int]:
    return [row for order in orders for row in order if contents.cells[row] is not None]


def _is_called_total(theirs: str) -> bool:
    words = plain(theirs).split()
    return bool(TOTALS & set(words)) or words[:2] in TOTAL_STARTS


def _by_rows(
    draft: Draft, theirs: str, values: Sequence[float | None], orders: list[list[int]]
) -> Level:
    """Different rows of one amount in all of many orders, each its own, are a reason to ask.

    Where one amount is common, it may be the price of everything: equal lines say nothing there.
    """
    words = set(plain(theirs).split())
    is_called_sum = bool(words & SUMS) and not words & LINES
    mixed = [places for places in orders if _are_different(draft, theirs, places)]
    found = Counter(values[places[0]] for places in mixed)
    if len(mixed) < (ENOUGH if is_called_sum else MANY):
        return "line"
    return "perhaps repeated" if max(found.values()) <= len(mixed) / 2 else "line"


def _are_different(draft: Draft, theirs: str, places: list[int]) -> bool:
    """Whether the rows are of different products; without products, whether they differ at all."""
    product = draft.column("product")
    names = [product] if product else [name for name in draft.sample.names if name != theirs]
    return any(len({draft.sample[name].cells[row] for row in places}) > 1 for name in names)


def _is_constant(values: Sequence[float | None], order: list[int]) -> bool:
    found = {values[row] for row in order}
    return len(found) == 1 and None not in found


def _by_sums(
    values: list[float | None], orders: list[list[int]], lines: list[float | None]
) -> Level:
    """Orders of equal lines: the amount is the line's, or the sum of the lines."""
    sums = [sum(lines[row] or 0 for row in order) for order in orders]
    fits = [
        values[order[0]] == total and total != lines[order[0]]
        for order, total in zip(orders, sums, strict=True)
    ]
    return "repeated" if all(fits) else "line"
