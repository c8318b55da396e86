"""Which order a refund undoes: the first-come rule, in the order of time.

A refund line (amount below 0, or 0 with a quantity below 0) is booked back to
1. its own order, where that has an earlier line (those of the same product give first); else
2. the latest earlier line of the same customer and product with enough left; else nowhere.
"Enough left" counts items where both lines have a quantity, else money, less what earlier refunds
took. Refunds are taken in the order of time, so that a later one changes nothing at an earlier cut.
A negative line that came together with its order, for a product that is not in it, is a discount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pyarrow as pa

SCHEMA = pa.schema(
    [("line_number", pa.int64()), ("booked_order_id", pa.string()), ("is_lost", pa.bool_())]
)
_Key = tuple[str, str]


@dataclass(slots=True)
class _Line:
    number: int
    customer: str
    order: str
    product: str | None
    at: datetime
    amount: Decimal
    quantity: Decimal | None

    @property
    def place(self) -> tuple[datetime, str, Decimal, int]:
        return self.at, self.order, self.amount, self.number


class _Book:
    """Sales by order and by product, each in the order of time, with what is left of them."""

    def __init__(self, sales: Iterable[_Line]) -> None:
        self.by_order: defaultdict[_Key, list[_Line]] = defaultdict(list)
        self.by_product: defaultdict[_Key, list[_Line]] = defaultdict(list)
        for sale in sorted(sales, key=lambda line: line.place):
            self.by_order[sale.customer, sale.order].append(sale)
            if sale.product is not None:
                self.by_product[sale.customer, sale.product].append(sale)

    def take(self, refund: _Line) -> str | None:
        """The order that a refund undoes, or None; what it takes is no longer left for others."""
        own = self._own(refund)
        if own:
            _use(own, refund)
            return refund.order
        for sale in self._same_product(refund):
            if _is_enough(sale, refund):
                _use([sale], refund)
                return sale.order
        return None

    def is_discount(self, refund: _Line) -> bool:
        sales = self.by_order.get((refund.customer, refund.order), [])
        together = any(sale.at == refund.at for sale in sales)
        return together and refund.product not in {None, *(sale.product for sale in sales)}

    def _own(self, refund: _Line) -> list[_Line]:
        """Earlier sales of the refund's own order: its product and enough of it first."""
        sales = self.by_order.get((refund.customer, refund.order), [])
        earlier = [sale for sale in reversed(sales) if sale.at <= refund.at]
        return sorted(
            earlier, key=lambda sale: (sale.product != refund.product, not _is_enough(sale, refund))
        )

    def _same_product(self, refund: _Line) -> Iterator[_Line]:
        sales = self.by_product.get((refund.customer, refund.product or ""), [])
        return (sale for sale in reversed(sales) if sale.at <= refund.at)


def match_refunds(lines: pa.Table) -> pa.Table:
    """Refunds that found their order (`booked_order_id`), and those that did not (`is_lost`).

    `lines` holds every refund line, the sales of the same orders, and those of the same customer and
    product where the refund's own order has none.
    """
    read = _lines(lines)
    refunds = sorted((line for line in read if _is_refund(line)), key=lambda line: line.place)
    book = _Book(line for line in read if not _is_refund(line))
    rows = [
        (refund.number, order, order is None)
        for refund in refunds
        if not book.is_discount(refund)
        for order in [book.take(refund)]
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return pa.table(dict(zip(SCHEMA.names, columns, strict=True)), schema=SCHEMA)


def _lines(table: pa.Table) -> list[_Line]:
    blank = [None] * table.num_rows
    columns = {name: table[name].to_pylist() for name in table.column_names}
    return [
        _Line(*values)
        for values in zip(
            columns["line_number"], columns["customer_id"], columns["order_id"],
            columns.get("product", blank), columns["ordered_at"], columns["amount"],
            columns.get("quantity", blank), strict=True,
        )
    ]  # fmt: skip


def _is_refund(line: _Line) -> bool:
    return line.amount < 0 or (line.amount == 0 and line.quantity is not None and line.quantity < 0)


def _is_enough(sale: _Line, refund: _Line) -> bool:
    if sale.quantity is not None and refund.quantity is not None and refund.quantity < 0:
        return sale.quantity >= -refund.quantity
    return sale.amount >= -refund.amount


def _use(sales: Sequence[_Line], refund: _Line) -> None:
    """Take the refund's money and items from the sales in turn, never more than they have left."""
    money, items = -refund.amount, -min(refund.quantity or Decimal(0), Decimal(0))
    for sale in sales:
        paid = min(sale.amount, money)
        sale.amount, money = sale.amount - paid, money - paid
        if sale.quantity is not None:
            given = min(sale.quantity, items)
            sale.quantity, items = sale.quantity - given, items - given
