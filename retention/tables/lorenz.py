"""The Lorenz curve of customers by what they brought in, from the highest down."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from retention.engine.frames import to_frame
from retention.engine.value_counts import value_counts
from retention.orders.orders import Orders

Floats = NDArray[np.float64]


class Lorenz(NamedTuple):
    """Running sums of customers and of their money, from (0, 0) on, and who is not in them."""

    customers: Floats
    amount: Floats
    others: int
    others_amount: float

    def amount_of_top(self, share: ArrayLike) -> Floats:
        """Money of the top share of the customers, on the straight lines between them."""
        wanted = np.asarray(share, dtype=float) * self.customers[-1]
        found: Floats = np.interp(wanted, self.customers, self.amount)
        return found

    @property
    def gini(self) -> float:
        """Twice the area between the curve and the line on which all are alike."""
        x, y = self.customers / self.customers[-1], self.amount / self.amount[-1]
        return float(np.sum(np.diff(x) * (y[1:] + y[:-1])) - 1)


def lorenz(orders: Orders) -> Lorenz:
    """The curve of the customers with a total value above 0; the others are counted.

    Equal customers lie on one straight line, so their order does not matter.
    """
    found = to_frame(value_counts(orders.orders), ("total_value", "customers"))
    is_paying = found["total_value"] > 0
    paying, others = found[is_paying], found[~is_paying]
    money = paying["total_value"] * paying["customers"]
    return Lorenz(
        customers=_from_zero(paying["customers"]),
        amount=_from_zero(money),
        others=int(others["customers"].sum()),
        others_amount=float((others["total_value"] * others["customers"]).sum()),
    )


def _from_zero(steps: pd.Series) -> Floats:
    return np.concatenate([[0.0], np.cumsum(steps.to_numpy(float))])
