"""Totals of orders that stand on each of their lines: counted on the first line only."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.connection import store
from retention.engine.frames import MONEY, to_arrow
from retention.errors import OrdersError
from retention.hidden_ids import example_cells


def counted_once(typed: Any, where: str) -> Any:
    """The order's amount on its first line, 0 on the others, so that sums are those of the orders.

    Raises
    ------
    OrdersError
        If the lines of an order have different amounts after all: a sample of them did not.
    """
    # Two customers with one order id have an order each; a line without a customer is of the known.
    known = typed.customer_id.max().over(ibis.window(group_by="order_id"))
    owned = typed.mutate(owner=ibis.coalesce(typed.customer_id, known))
    _refuse_unlike(owned, where)
    window = ibis.window(group_by=("order_id", "owner"), order_by="line_number")
    is_first = ibis.row_number().over(window) == 0
    nothing = ibis.literal(0).cast(MONEY)
    is_kept = is_first | ~owned.has_order_id | owned.amount.isnull()
    counted = owned.mutate(amount=ibis.ifelse(is_kept, owned.amount, nothing))
    return store(counted.drop("owner"))


def _refuse_unlike(owned: Any, where: str) -> None:
    orders = owned.filter(owned.has_order_id).group_by(("order_id", "owner"))
    unlike = orders.agg(amounts=owned.amount.nunique()).filter(ibis._.amounts > 1)
    found = to_arrow(unlike.select("order_id").order_by("order_id"))["order_id"].to_pylist()
    if found:
        raise OrdersError(
            f"orders: {len(found):,} orders of {where} ({example_cells(found)}) have lines of different "
            "amounts, though the amount is taken for the order's total, the same on each of its lines. "
            'Pass amount_of="line" if each line has its own, or name a column of such amounts: '
            'columns={"amount": "the source\'s name"}.'
        )
