"""A day in the past: what was known of the customers then, and what they did before and after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.engine.days_within import days_within
from retention.engine.frames import to_frame
from retention.models.history import FloatArray, History, IntArray
from retention.orders.orders import Orders
from retention.periods import day_number
from retention.tables.customer_summary import customer_summary

CELL = ["frequency", "recency", "T", "recent", "actual"]


@dataclass(frozen=True, eq=False)
class Cut:
    """Customers with a purchase by `day`, and their purchase days in the horizon before and after it.

    `known` are the orders as they were known at `day`; `customers` has one row per customer, `cells` one
    per distinct history and outcome, with the number of customers who share it.
    """

    known: Orders
    horizon_days: int
    customers: pd.DataFrame
    cells: pd.DataFrame

    @property
    def day(self) -> pd.Timestamp:
        """The last day of which anything is known."""
        return self.known.as_of

    @property
    def history(self) -> History:
        """The histories of the cells, in days."""
        return History(
            frequency=self.cells["frequency"].to_numpy(np.int64),
            recency=self.cells["recency"].to_numpy(np.float64),
            T=self.cells["T"].to_numpy(np.float64),
            customers=self.weights,
            row=np.arange(len(self.cells)),
        )

    @property
    def weights(self) -> FloatArray:
        """Customers in each cell."""
        return self.cells["customers"].to_numpy(np.float64)

    @property
    def actual(self) -> IntArray:
        """Purchase days after the cut, of each cell."""
        return self.cells["actual"].to_numpy(np.int64)


def cut_at(orders: Orders, day: pd.Timestamp, *, horizon_days: int) -> Cut:
    """The cut at `day`; its outcomes are those known at the end of the horizon, nothing later."""
    known, then = orders.at(day), orders.at(day + pd.Timedelta(days=horizon_days))
    customers = customer_summary(known)
    customers["recent"] = _days(known, customers, day_number(day) - horizon_days, day_number(day))
    customers["actual"] = _days(then, customers, day_number(day), day_number(then.as_of))
    cells = customers.groupby(CELL, as_index=False).size().rename(columns={"size": "customers"})
    return Cut(known, horizon_days, customers, cells)


def _days(orders: Orders, customers: pd.DataFrame, after_day: int, until_day: int) -> IntArray:
    """Purchase days within the window, 0 for those who have none."""
    rows = days_within(orders.orders, after_day=after_day, until_day=until_day)
    found = to_frame(rows, ("customer_id", "purchase_days")).set_index("customer_id")
    counts = found["purchase_days"].reindex(customers["customer_id"], fill_value=0)
    return counts.to_numpy(np.int64)
