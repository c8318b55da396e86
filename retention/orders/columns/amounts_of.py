"""The money of each row of the sample, as the mapping makes it."""

from __future__ import annotations

from collections.abc import Sequence

from retention.orders.columns.draft import Draft
from retention.orders.columns.line_totals import line_totals
from retention.orders.columns.order_rows import numbers_of


def amounts_of(draft: Draft) -> Sequence[float | None] | None:
    """The amount, or quantity x unit price; None where neither is mapped."""
    amount = draft.column("amount")
    if amount is not None:
        return numbers_of(draft.sample, amount)
    return line_totals(draft) if draft.column("quantity") else None


def basis_of(draft: Draft) -> str | None:
    """Our column that says where the money comes from."""
    if draft.column("amount") is not None:
        return "amount"
    return "unit_price" if draft.column("unit_price") and draft.column("quantity") else None
