"""The money of each row of the sample as quantity x unit price."""

from __future__ import annotations

from retention.orders.columns.draft import Draft
from retention.orders.columns.order_rows import numbers_of


def line_totals(draft: Draft) -> list[float | None] | None:
    """Quantity x unit price of each row; the price alone where no quantity is known; None without."""
    price = draft.column("unit_price")
    return None if price is None else totals_at(draft, price)


def totals_at(draft: Draft, price: str) -> list[float | None]:
    """The same at the prices of any column."""
    quantity = draft.column("quantity")
    prices = numbers_of(draft.sample, price)
    if quantity is None:
        return prices
    pairs = zip(numbers_of(draft.sample, quantity), prices, strict=True)
    return [None if one is None or two is None else one * two for one, two in pairs]
