"""Customers who have not bought yet: how many will, and what they will order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.models.history import FloatArray, History, IntArray
from retention.models.order_fit import OrderFit
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.customer_summary import summary_columns

YEAR = 365


@dataclass(frozen=True)
class Newcomers:
    """How many customers buy for the first time on a usual day."""

    a_day: float

    def orders_by(self, days: IntArray, fit: OrderFit) -> FloatArray:
        """Their orders, the first one included, up to each of so many days from now."""
        longest = int(days.max())
        curve = np.concatenate([[1.0], 1.0 + _repeat_orders(fit, longest)])
        # Whoever comes on day v has days - v left.
        total = np.concatenate([[0.0], np.cumsum(curve)])
        return np.asarray(self.a_day * total[days])


def newcomers_before(orders: Orders) -> Newcomers:
    """As many a day as in the year up to the as-of date, or in as much of it as was observed.

    Customers of the first days of the orders may be older: those of the burn-in are left out.
    """
    start = orders.burn_in_end or orders.history_start
    reach = min(YEAR, (orders.as_of - start).days)
    if reach < 1:
        reach = (orders.as_of - orders.history_start).days + 1
    first = _first_orders(orders).dt.normalize()
    count = int((first > orders.as_of - np.timedelta64(reach, "D")).sum())
    return Newcomers(count / reach)


def newcomers_between(orders: Orders, days: int) -> Newcomers:
    """As many a day as there were in the last so many days of these orders."""
    is_new = _first_orders(orders).map(day_number) > day_number(orders.as_of) - days
    return Newcomers(int(is_new.sum()) / days)


def _first_orders(orders: Orders) -> pd.Series:
    """When each customer ordered first."""
    return summary_columns(orders, ["first_order_at"])["first_order_at"]


def _repeat_orders(fit: OrderFit, longest: int) -> FloatArray:
    """Repeat orders of a new customer within 1, 2, ... days; between 60 points, straight lines."""
    points = np.unique(np.linspace(1, longest, min(longest, 60)).round().astype(int))
    one, zero = np.zeros(1, dtype=np.int64), np.zeros(1)
    new = History(one, zero, zero, np.ones(1), one)
    found = [fit.outlook(new, horizon_days=int(day)).expected_orders[0] for day in points]
    return np.asarray(np.interp(np.arange(1, longest + 1), points, found))
