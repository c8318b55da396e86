"""How many customers have brought in how much: all that a question about shares of revenue needs."""

from __future__ import annotations

from typing import Any

from ibis import _

from retention.engine.customer_grain import customers


def value_counts(orders: Any) -> Any:
    """Customers by `total_value`, the highest first."""
    rows = customers(orders, as_of_day=0).select("total_value")
    return rows.group_by("total_value").agg(customers=_.count()).order_by(_.total_value.desc())
