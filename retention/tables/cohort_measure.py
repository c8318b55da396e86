"""What a cohort's value is measured in, and whether the orders tell it."""

from __future__ import annotations

from typing import Any, Literal, get_args

import pandas as pd

from retention.errors import ArgumentError, choose
from retention.orders.orders import Orders

Measure = Literal["net", "gross", "margin", "orders", "items"]
COUNTED: tuple[Measure, ...] = ("orders", "items")
# Column of the source without which there is no such measure.
_NEEDED: dict[str, str] = {"margin": "cost", "items": "quantity"}
_ADVICE = "Name the source's column with read_orders(..., columns={{{column!r}: ...}})."


def measured(orders: Orders, measure: Measure) -> Any:
    """The measure of each order, as an engine expression.

    Raises
    ------
    ArgumentError
        If the measure is not known, or the orders lack what it is made of.
    """
    choose("measure", measure, get_args(Measure))
    table, column = orders.orders, _NEEDED.get(measure)
    if column and column not in table.columns:
        others = " or a margin" if column == "cost" else ""
        raise ArgumentError(
            f"measure: the orders have no {column}{others}, so {measure!r} is not known. "
            + _ADVICE.format(column=column)
        )
    match measure:
        case "gross":
            return table.gross_amount
        case "margin":
            return table.amount - table.cost
        case "orders":
            return table.is_purchase.ifelse(1, 0).cast("int64")
        case "items":
            return table.quantity
        case _:
            return table.amount


def require_known(cells: pd.DataFrame, measure: Measure) -> None:
    """Refuse sums in which orders are missing: they would count as nothing.

    Raises
    ------
    ArgumentError
        With the count.
    """
    unknown = int(cells["unknown"].sum())
    if unknown:
        column = _NEEDED.get(measure, "amount")
        raise ArgumentError(
            f"measure: {unknown:,} of {int(cells['orders'].sum()):,} orders have no {column}, so "
            f"{measure!r} is not known for them; orders.to_pandas() shows which. Fill them in, or "
            "leave their lines out."
        )
