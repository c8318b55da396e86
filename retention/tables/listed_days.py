"""Where `as_of` is a list of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

import pandas as pd

from retention.errors import ArgumentError
from retention.orders.columns.given import As_of, given_orders
from retention.orders.orders import Orders
from retention.periods import as_day

As_ofs = As_of | Sequence[str | date | pd.Timestamp] | pd.DatetimeIndex


def orders_until(orders: Orders | pd.DataFrame, as_of: As_ofs) -> Orders:
    """The orders by the one day that is given, or, of a list, with all that is known since."""
    days = listed_days(as_of)
    if days and isinstance(orders, Orders):
        return orders
    return given_orders(orders, max(days) if days else cast(As_of, as_of))


def listed_days(as_of: As_ofs) -> list[pd.Timestamp]:
    """The days of a list, rising; empty where as_of is one day or none."""
    if as_of is None or isinstance(as_of, (str, date)) or not isinstance(as_of, Iterable):
        return []
    days = sorted({as_day(day) for day in as_of})
    if not days:
        raise ArgumentError('as_of: the list names no day. Write as_of=["2024-01-31"].')
    return days
