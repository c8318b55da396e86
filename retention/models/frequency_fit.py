"""How many customers made so many repeat purchases, beside how many the model expects."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number
from retention.models.fitted_orders import FittedOrders
from retention.models.given_fits import require_fit
from retention.models.history import FloatArray, compress_customers
from retention.names import check_columns
from retention.tables.repeatable import repeatable

COLUMNS = check_columns(("frequency", "customers", "expected_customers", "low", "high"))
# 97.5 % point of the normal distribution.
WIDE = 1.96
# Ages are taken together where there are more of them.
MOST_AGES = 400


@repeatable
def frequency_fit(customers: pd.DataFrame, fit: FittedOrders, *, most: int = 7) -> pd.DataFrame:
    """Customers by repeat purchase days so far, as they are and as the model has them.

    The trap: a model that fits here was fitted to the very same counts. Whether it foresees anything is
    said by orders that it has not seen.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it, times in days.
    fit
        A fitted order model, in whatever unit of time.
    most
        The last row stands for so many repeat purchase days and more.

    Returns
    -------
    pandas.DataFrame
        Grain: number of repeat purchase days. Columns: frequency (int64, days; the last one and more),
        customers (int64, actual), expected_customers (float64, given how long each has been observed),
        low, high (float64: where the actual number lies in 95 % of cases if the model is right).

    Raises
    ------
    ArgumentError
        Where the table or `most` cannot be used.

    Examples
    --------
    >>> from retention.models.mbg_nbd import fit_mbg_nbd
    >>> customers = pd.DataFrame(
    ...     {"frequency": [0, 0, 1, 2, 7], "recency": [0, 0, 9, 40, 70], "T": [80, 60, 70, 75, 72]}
    ... )
    >>> found = frequency_fit(customers, fit_mbg_nbd(customers), most=3)
    >>> found["customers"].tolist(), round(float(found["expected_customers"].sum()), 6)
    ([2, 1, 1, 1], 5.0)
    """
    require_fit(fit, ability="order_counts")
    require_number("most", most, is_whole=True)
    if not 1 <= most <= 100:
        raise ArgumentError(f"most: {most} is not from 1 to 100; counts from there on are one row.")
    history = compress_customers(customers)
    chances = _chances(fit, history.T, most)
    expected, variance = (history.customers @ each for each in (chances, chances * (1.0 - chances)))
    counts = np.bincount(
        np.minimum(history.frequency, most), weights=history.customers, minlength=most + 1
    )
    room = WIDE * np.sqrt(variance)
    table = pd.DataFrame(
        {
            "frequency": np.arange(most + 1),
            "customers": np.round(counts).astype(np.int64),
            "expected_customers": expected,
            "low": np.maximum(expected - room, 0.0),
            "high": expected + room,
        }
    )
    table.attrs = {
        "definition": "frequency_fit",
        "parameters": {"model": fit.model},
        "as_of": customers.attrs.get("as_of"),
        "customers": round(float(history.customers.sum())),
    }
    return table


def _chances(fit: FittedOrders, T: FloatArray, most: int) -> FloatArray:
    """P(0), P(1), ... P(`most` or more) by age T in days, for each history."""
    ages = np.unique(T)
    if ages.size > MOST_AGES:
        ages = np.unique(np.quantile(T, np.linspace(0, 1, MOST_AGES), method="nearest"))
    rows = [_at(fit, float(age), most) for age in ages]
    place = np.abs(np.searchsorted(ages, T, side="right") - 1)
    return np.array(rows)[place]


def _at(fit: FittedOrders, age: float, most: int) -> FloatArray:
    """The chances of a customer first seen so many days ago."""
    chances = np.zeros(most + 1)
    chances[0] = 1.0
    if age >= 1:
        counts = fit.order_counts(horizon_days=round(age), most=most - 1)
        chances[:-1] = counts["p_orders"]
        chances[-1] = max(0.0, 1.0 - chances[:-1].sum())
    return chances
