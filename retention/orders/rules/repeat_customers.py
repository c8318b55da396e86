"""An id that is new with every order is no customer: nobody could ever come back."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.hidden_ids import example_cells
from retention.orders.audit.customer_marks import MANY_ORDERS

SAMPLE = 100_000


def require_repeat_customers(checked: Any, *, column: str, is_given: bool) -> None:
    """Refuse a customer id that is unique per order, unless it was named; `column` is the source's.

    Raises
    ------
    OrdersError
        If 50 or more orders with an order id have one customer each, and no customer two.
    """
    if is_given:
        return
    used = checked.filter(checked.rule.isnull() & checked.has_order_id)
    used = used.select("customer_id", "order_id")
    if _most_orders(used.limit(SAMPLE))[1] > 1:
        return
    orders, most = _most_orders(used)
    if orders < MANY_ORDERS or most > 1:
        return
    found = to_arrow(used.order_by("customer_id").limit(3))["customer_id"].to_pylist()
    raise OrdersError(
        f"orders: no customer in {column!r} has a second order among {orders:,} orders "
        f"({example_cells(found)}): it is probably an id of the order, and nobody could ever come back. "
        'Pass columns={"customer_id": ...} with the column of the person (an e-mail or a phone will '
        f'do), or columns={{"customer_id": {column!r}}} if that is really so.'
    )


def _most_orders(used: Any) -> tuple[int, int]:
    """Orders in all, and the most of one customer."""
    orders = used.distinct().group_by("customer_id").agg(orders=_.count())
    row = to_arrow(orders.agg(orders=_.orders.sum(), most=_.orders.max())).to_pylist()[0]
    return int(row["orders"] or 0), int(row["most"] or 0)
