"""What a cohort's value is measured in, and whether the orders tell it."""

from __future__ import annotations

from typing import get_args

import pandas as pd

from retention.engine.cohort_amounts import Measure
from retention.errors import ArgumentError, choose
from retention.orders.orders import Orders
from retention.tables.money import require_amounts

# Column of the source without which there is no such measure.
_NEEDED: dict[str, str] = {"margin": "cost", "items": "quantity"}


def require_measure(orders: Orders, measure: Measure) -> None:
    """Refuse a measure that the orders do not tell.

    Raises
    ------
    ArgumentError
        If the measure is not known, or the orders lack the column that it is made of.
    """
    choose("measure", measure, get_args(Measure))
    if measure in ("net", "gross"):
        require_amounts(orders, "measure")
    column = _NEEDED.get(measure)
    if column and column not in orders.orders.columns:
        others = " or a margin" if column == "cost" else ""
        raise ArgumentError(
            f"measure: the orders have no {column}{others}, so {measure!r} is not known. Name the "
            f"source's column with read_orders(..., columns={{{column!r}: ...}})."
        )


def require_known(sums: pd.DataFrame, measure: Measure) -> None:
    """Refuse sums in which orders are missing: they would count as nothing.

    Raises
    ------
    ArgumentError
        With the count.
    """
    unknown = int(sums["unknown"].sum())
    if unknown:
        column = _NEEDED.get(measure, "amount")
        raise ArgumentError(
            f"measure: {unknown:,} of {int(sums['orders'].sum()):,} orders have no {column}, so "
            f"{measure!r} is not known for them; orders.to_pandas() shows which. Fill them in, or "
            "leave their lines out."
        )
