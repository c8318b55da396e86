"""Whole numbers in the place of customers' ids: grouped and joined in half the time of texts.

`customer` is such a number wherever the orders have a name in the private DuckDB, in the order of the
ids; elsewhere it is the id itself.
"""

from __future__ import annotations

from typing import Any

from retention.engine.kept_once import is_named_here, kept_once


def with_keys(rows: Any, orders: Any) -> Any:
    """The same rows with `customer` in the place of `customer_id`; only buyers have a number."""
    if not is_named_here(orders):
        return rows.rename(customer="customer_id")
    return rows.join(_numbered(orders), "customer_id").drop("customer_id")


def with_ids(rows: Any, orders: Any) -> Any:
    """The same rows with `customer_id` in the place of `customer`."""
    if not is_named_here(orders):
        return rows.rename(customer_id="customer")
    return rows.join(_numbered(orders), "customer").drop("customer")


def _numbered(orders: Any) -> Any:
    ids = _ids(orders)
    return ids.select("customer_id", customer=ids.rowid().cast("int64"))


@kept_once
def _ids(orders: Any) -> Any:
    bought = orders.filter(orders.is_purchase)
    return bought.select("customer_id").distinct().order_by("customer_id")
