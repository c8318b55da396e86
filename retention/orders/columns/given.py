"""What functions take as `orders`: an `Orders`, or a DataFrame with our own column names."""

from __future__ import annotations

from datetime import date

import pandas as pd

from retention.engine.offer import OFFER
from retention.errors import ArgumentError, require_columns, require_table
from retention.kinds import as_names
from retention.orders.columns.attributes import is_taken
from retention.orders.columns.last_frame import LastFrame
from retention.orders.columns.mapping import SYNONYMS
from retention.orders.orders import Orders
from retention.orders.read import read_orders

As_of = str | date | pd.Timestamp | None
OTHERWISE = (
    "Pass what read_orders() returns, or a DataFrame with the columns customer_id, ordered_at and "
    "amount."
)
_LAST = LastFrame()


def given_orders(orders: Orders | pd.DataFrame, as_of: As_of = None) -> Orders:
    """The orders at `as_of`; a DataFrame is read as a table of lines, all other columns kept.

    A DataFrame says nothing of how long it was observed, so its `as_of` may lie after its last order.
    The one that was read last is not read again, unless a cell or a name was changed.

    Raises
    ------
    ArgumentError
        If it is neither, lacks a column, or `as_of` lies after the orders' own.
    """
    if isinstance(orders, Orders):
        return orders.at(as_of)
    require_table("orders", orders, OTHERWISE)
    hint = "Other names: read_orders(frame, columns={...}) first."
    require_columns("orders", orders, ("customer_id", "ordered_at", "amount"), hint)
    ours = {name: name for name in SYNONYMS if name in orders.columns}
    others = [str(name) for name in orders.columns if not is_taken(str(name))]
    return _LAST.orders(
        orders,
        repr(as_of),
        lambda: read_orders(orders, columns=ours, attributes=others, as_of=as_of),
    )


def attribute_names(
    orders: Orders, by: str | list[str] | tuple[str, ...] | None
) -> tuple[str, ...]:
    """`by=` as a tuple of names; `offer` is made of coupons and discounts where there are any.

    Raises
    ------
    ArgumentError
        If one of them names no attribute of the orders, or one is named twice.
    """
    names = as_names("by", by)
    if len(set(names)) < len(names):
        raise ArgumentError(f"by: {', '.join(map(repr, names))} names one attribute twice.")
    absent = [name for name in names if name not in orders.attributes]
    if OFFER in absent and OFFER in orders.orders.columns:
        absent.remove(OFFER)
    if absent:
        raise ArgumentError(
            f"by: the orders have no attribute {', '.join(map(repr, absent))}; they have "
            f"{', '.join(map(repr, orders.attributes)) or 'none'}. Keep more columns of the source "
            "with read_orders(..., attributes=[...])."
        )
    return names
