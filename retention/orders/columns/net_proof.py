"""What proves that amounts are before or after a discount: sums by order, and prices by line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from retention.orders.columns.discounts import is_rate
from retention.orders.columns.draft import Draft
from retention.orders.columns.line_totals import totals_at
from retention.orders.columns.order_parts import CENT
from retention.orders.columns.order_rows import numbers_of, rows_by_order

GROSS = 3  # the tier of amounts that are called gross
Numbers = list[float]


class NetProof:
    """Amounts of the sample's lines beside discounts and the totals of their orders."""

    def __init__(self, draft: Draft, lines: Sequence[float | None], discounts: list[str]) -> None:
        self._draft = draft
        self._lines = _filled(lines)
        self._discounts = {name: self._numbers(name) for name in discounts}
        order = draft.column("order_id")
        alone = [[row] for row in range(draft.sample.size)]
        self._orders = alone if order is None else rows_by_order(draft.sample, order)

    def net_total(self) -> tuple[str, str] | None:
        """The column that is the sum of the order's lines less a discount, in every order; and which."""
        sums = self._by_order(self._lines)
        for total in self._totals():
            values = self._of_order(self._numbers(total))
            for discount, off in self._taken_off():
                if values and _agree(_less(sums, off), values):
                    return total, discount
        return None

    def sum_total(self) -> str | None:
        """The column, not called gross, that is the sum of the order's lines in every order."""
        sums = self._by_order(self._lines)
        for total in self._totals():
            is_gross = (self._draft.field("amount").rank(total) or (0, 0))[0] == GROSS
            values = self._of_order(self._numbers(total))
            if not is_gross and values and _agree(sums, values):
                return total
        return None

    def list_price(self) -> str | None:
        """The price from which each line's discount leads to the line's amount."""
        return next(
            (
                price
                for price in self._prices()
                for name, off in self._discounts.items()
                if self._leads(_filled(totals_at(self._draft, price)), name, off)
            ),
            None,
        )

    def is_before(self, lines: Sequence[float | None]) -> bool:
        """Whether the amounts of discounted lines are quantity x price, so nothing is taken off."""
        rows = [
            row for row in range(len(self._lines)) if any(d[row] for d in self._discounts.values())
        ]
        full = _filled(lines)
        return bool(rows) and all(_equal(full[row], self._lines[row]) for row in rows)

    def _numbers(self, name: str) -> Numbers:
        return _filled(numbers_of(self._draft.sample, name))

    def _totals(self) -> list[str]:
        field, own = self._draft.field("amount"), self._draft.column("amount")
        return [
            name
            for name in self._draft.sample.names
            if name != own and field.rank(name) is not None
        ]

    def _prices(self) -> list[str]:
        """Columns of prices, the unit price among them where the amount has a column of its own."""
        field = self._draft.field("unit_price")
        is_product = self._draft.column("amount") is None
        own = self._draft.column("unit_price") if is_product else self._draft.column("amount")
        return [
            name
            for name in self._draft.sample.names
            if name != own and field.rank(name) is not None
        ]

    def _leads(self, full: Numbers, name: str, off: Numbers) -> bool:
        """Each discounted line: per line, per item, or as a share of the price."""
        quantity = self._draft.column("quantity")
        counts = self._numbers(quantity) if quantity else [1.0] * len(full)
        rows = [row for row, number in enumerate(off) if number]
        share = 100 if any(number > 1 for number in off) else 1
        ways = (
            [full[row] * (1 - off[row] / share) for row in rows],
            [full[row] - off[row] for row in rows],
            [full[row] - counts[row] * off[row] for row in rows],
        )
        used = ways[:1] if is_rate(self._draft, name) else ways[1:]
        net = [self._lines[row] for row in rows]
        return any(all(map(_equal, way, net)) for way in used)

    def _taken_off(self) -> Iterator[tuple[str, Numbers]]:
        """What the order's discount may be: each column's sum, its one value, and all together."""
        together = [math.fsum(row) for row in zip(*self._discounts.values(), strict=True)]
        first = next(iter(self._discounts))
        for name, numbers in [*self._discounts.items(), (first, together)]:
            for off in (self._by_order(numbers), self._of_order(numbers)):
                if off and any(off):
                    yield name, off

    def _by_order(self, numbers: Numbers) -> Numbers:
        return [math.fsum(numbers[row] for row in order) for order in self._orders]

    def _of_order(self, numbers: Numbers) -> Numbers | None:
        """The one value of each order: on all of its rows or on a single one; None where it varies."""
        found = []
        for order in self._orders:
            values = [numbers[row] for row in order]
            filled = [value for value in values if value]
            if len(set(values)) > 1 and len(filled) > 1:
                return None
            found.append(filled[0] if filled else 0.0)
        return found


def _filled(numbers: Sequence[float | None]) -> Numbers:
    return [number or 0.0 for number in numbers]


def _less(sums: Numbers, off: Numbers) -> Numbers:
    return [one - abs(two) for one, two in zip(sums, off, strict=True)]


def _agree(first: Numbers, second: Numbers) -> bool:
    return all(map(_equal, first, second))


def _equal(one: float, two: float) -> bool:
    """Equal to the cent, or as far as many lines may be rounded."""
    return abs(one - two) <= max(2 * CENT, 1e-9 * abs(two)) + 1e-9
