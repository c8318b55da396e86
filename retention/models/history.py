"""What the order models know of customers: frequency, recency, age; equal ones once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.errors import ArgumentError, require_table
from retention.hidden_ids import example_cells
from retention.models.number_columns import HINT, number_columns

FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.integer[Any]]

NEEDED = ("frequency", "recency", "T")
# Distinct rows that lead close to the estimates of any number of customers.
SAMPLE = 1_000
# Frequency counts purchase days: more than this is another column by mistake.
MOST_DAYS = 1_000_000
# 2,871 years, and more than the most days: three such numbers make one of 60 bits.
DAYS_LIMIT = 1 << 20


@dataclass(frozen=True, eq=False)
class History:
    """Distinct histories; `row` leads from each customer of the table to their history."""

    frequency: IntArray
    recency: FloatArray
    T: FloatArray
    customers: FloatArray
    row: IntArray

    def scaled(self, divisor: float) -> History:
        """The same histories with time counted in units of `divisor`."""
        return replace(self, recency=self.recency / divisor, T=self.T / divisor)

    def sample(self) -> History | None:
        """Every so-many-th distinct history, for a first search; None where there are few."""
        every = self.T.size // SAMPLE
        if every < 2:
            return None
        return self.part(slice(every // 2, None, every))

    def part(self, kept: slice | IntArray) -> History:
        """Some of the distinct histories; no way back to the rows of a table."""
        return History(
            frequency=self.frequency[kept],
            recency=self.recency[kept],
            T=self.T[kept],
            customers=self.customers[kept],
            row=np.empty(0, dtype=np.int64),
        )

    def without_rows(self) -> History:
        """The same histories without the way back to a table, for keeping."""
        return replace(self, row=np.empty(0, dtype=np.int64))

    def just_bought(self) -> History:
        """The same customers, of the same age, had their last purchase been on the as-of date."""
        return replace(self, recency=self.T)


def compress_customers(customers: pd.DataFrame) -> History:
    """Distinct histories of a table of customers, with how many customers share each.

    Parameters
    ----------
    customers
        One row per customer as `customer_summary` returns it: `frequency` (whole number), `recency`
        and `T` in one unit of time. A column `customers` says how many customers a row stands for.

    Returns
    -------
    History
        Distinct (frequency, recency, T), sorted, and the way back to the rows of the table.

    Raises
    ------
    ArgumentError
        Where a column is missing, or a row contradicts itself; all contradictions at once.

    Examples
    --------
    >>> table = pd.DataFrame({"frequency": [0, 1, 0], "recency": [0, 5, 0], "T": [9, 9, 9]})
    >>> history = compress_customers(table)
    >>> history.customers, history.row
    (array([2., 1.]), array([0, 1, 0]))
    """
    require_table("customers", customers, HINT)
    weighted = "customers" in customers.columns
    table = number_columns(customers, (*NEEDED, "customers") if weighted else NEEDED)
    _refuse(customers, table)
    first, row = _distinct(table)
    distinct = table.iloc[first]
    weights = table["customers"].to_numpy(np.float64) if weighted else None
    return History(
        frequency=distinct["frequency"].to_numpy(np.int64),
        recency=distinct["recency"].to_numpy(np.float64),
        T=distinct["T"].to_numpy(np.float64),
        customers=np.bincount(row, weights=weights).astype(np.float64),
        row=row,
    )


def _distinct(table: pd.DataFrame) -> tuple[IntArray, IntArray]:
    """First row of each distinct history, sorted; and the history of each row."""
    columns = [table[name].to_numpy() for name in NEEDED]
    row = _in_one(columns) if _are_days(columns) else _one_by_one(columns)
    first = np.empty(row.max() + 1, dtype=np.int64)
    first[row[::-1]] = np.arange(row.size)[::-1]
    return first, row.astype(np.int64)


def _are_days(columns: Sequence[FloatArray]) -> bool:
    """Whole numbers, of which three find room in one."""
    return all(
        bool((column == np.floor(column)).all()) and column.max() < DAYS_LIMIT for column in columns
    )


def _in_one(columns: Sequence[FloatArray]) -> IntArray:
    key = np.zeros(columns[0].size, dtype=np.int64)
    for column in columns:
        key = key * DAYS_LIMIT + column.astype(np.int64)
    return np.asarray(pd.factorize(key, sort=True)[0])


def _one_by_one(columns: Sequence[FloatArray]) -> IntArray:
    row: IntArray = np.zeros(columns[0].size, dtype=np.int64)
    for column in columns:
        code, values = pd.factorize(column, sort=True)
        row = pd.factorize(row * len(values) + code, sort=True)[0]
    return row


def _refuse(customers: pd.DataFrame, table: pd.DataFrame) -> None:
    """Say everything that contradicts itself, in one message."""
    columns = {str(name): table[name].to_numpy() for name in table.columns}
    frequency, recency, age = (columns[name] for name in NEEDED)
    checks = {
        "have a missing or infinite number": _any(~np.isfinite(each) for each in columns.values()),
        "have a negative number": _any(each < 0 for each in columns.values()),
        "have a frequency that is not whole": np.isfinite(frequency)
        & (frequency != np.floor(frequency)),
        f"have a frequency above {MOST_DAYS:,} days": frequency > MOST_DAYS,
        "have recency above T (a purchase after the as-of date)": recency > age,
        "have frequency 0 but recency above 0": (frequency == 0) & (recency > 0),
        "have repeat purchases but recency 0": (frequency > 0) & (recency == 0),
    }
    if "customers" in columns:
        checks["have a count of customers of 0"] = columns["customers"] == 0
    said = [
        f"{int(wrong.sum()):,} of {len(table):,} rows {what} ({_who(customers, wrong)})"
        for what, wrong in checks.items()
        if wrong.any()
    ]
    if said:
        raise ArgumentError(
            f"customers: {'; '.join(said)}. See customers[['frequency', 'recency', 'T']].describe()"
            f" and orders.audit. {HINT} Or drop those rows."
        )


def _any(conditions: Iterable[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    return np.asarray(np.logical_or.reduce(list(conditions)))


def _who(customers: pd.DataFrame, wrong: NDArray[np.bool_]) -> str:
    """Up to three ids of the rows that are wrong, or their numbers where there are no ids."""
    rows = customers[wrong]
    if "customer_id" in rows:
        return example_cells(rows["customer_id"])
    return example_cells(tuple(values) for values in rows[list(NEEDED)].head(3).to_numpy().tolist())
