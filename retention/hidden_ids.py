"""Customers without their ids, where what is written leaves the house.

A report sets the variable RETENTION_HIDE_IDS to a secret that nobody keeps. Wherever a table or chart is
shown or written, a mark that is made with it then stands for each id: the same throughout the report, and
not to be turned back.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from typing import Any

import pandas as pd

from retention.errors import examples

VARIABLE = "RETENTION_HIDE_IDS"
# Cells that could not be read may hold anything, as where a row has slipped by a column.
FOUND = ("date_found", "amount_found", "number_found")
PERSONAL = ("customer_id", "source_customer_id", *FOUND)
_LENGTH = 10  # hexadecimal digits: among a million customers two share a mark once in two runs


def shown_id(customer_id: Any) -> str:
    """The id as text; its mark where ids are hidden.

    Examples
    --------
    >>> shown_id("C0042")
    'C0042'
    """
    secret = os.environ.get(VARIABLE)
    if not secret or pd.isna(customer_id):
        return str(customer_id)
    digest = hmac.digest(
        secret.encode(), str(customer_id).encode("utf-8", "surrogatepass"), "sha256"
    )
    return f"#{digest.hex()[:_LENGTH]}"


def shown_ids(ids: Iterable[Any]) -> list[str]:
    """Each of several ids, as `shown_id`."""
    return [shown_id(one) for one in ids]


def example_cells(values: Iterable[Any], limit: int = 3) -> str:
    """`examples` of what stands in the data, for a message: where ids are hidden, none.

    Examples
    --------
    >>> example_cells(["C0042", "C0043"])
    "'C0042', 'C0043'"
    """
    return "not shown" if os.environ.get(VARIABLE) else examples(values, limit)


def without_ids(table: pd.DataFrame) -> pd.DataFrame:
    """The table; where ids are hidden a copy with marks in place of them, and missing ones missing.

    Examples
    --------
    >>> without_ids(pd.DataFrame({"customer_id": ["an"]}))["customer_id"].tolist()
    ['an']
    """
    held = [name for name in PERSONAL if name in table.columns]
    if not held or not os.environ.get(VARIABLE):
        return table
    marked = table.copy()
    for place, name in enumerate(table.columns):
        if name in held:
            marked.isetitem(place, _marks(table.iloc[:, place]))
    if {"order_id", "customer_id"} <= set(table.columns):
        own = table["order_id"]
        marked["order_id"] = pd.Series(_order_ids(table), index=own.index, dtype=own.dtype)
    return marked


def _marks(column: pd.Series) -> list[Any]:
    return [None if pd.isna(one) else shown_id(one) for one in column]


def _order_ids(table: pd.DataFrame) -> list[Any]:
    """An order without an id of its own is called by its customer's, an @ and the moment."""
    pairs = zip(table["order_id"], table["customer_id"], strict=True)
    return [
        shown_id(customer) + str(order)[len(str(customer)) :]
        if str(order).startswith(f"{customer}@")
        else order
        for order, customer in pairs
    ]
