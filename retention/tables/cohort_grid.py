"""Every cohort at every age that has begun by the as-of date; a zero is a row, the future is not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.engine.customer_period_grain import cohort_activity
from retention.engine.frames import to_frame
from retention.orders.orders import Orders
from retention.periods import Period, period_end, period_number, period_start
from retention.tables.caption import name_missing

KEY = ("cohort_number", "age")
COUNTS = ("returned", "orders", "amount")


def cohort_grid(orders: Orders, *, period: Period, by: tuple[str, ...]) -> pd.DataFrame:
    """One row per group, cohort and age: customers back, orders, amount, and what is complete.

    Columns: by, cohort, age, cohort_size, returned, orders, amount, is_complete, is_burn_in.
    """
    activity = cohort_activity(orders.orders, period=period, by=by)
    found = name_missing(to_frame(activity, (*by, *KEY, *COUNTS)), by)
    found = found.groupby([*by, *KEY], as_index=False)[list(COUNTS)].sum()
    cohorts = found.loc[found["age"] == 0, [*by, "cohort_number", "returned"]]
    cohorts = cohorts.rename(columns={"returned": "cohort_size"})
    grid = _grid(cohorts, period_number(orders.as_of, period))
    cells = grid.merge(found, on=[*by, *KEY], how="left")
    cells[list(COUNTS)] = cells[list(COUNTS)].fillna(0)
    return _dated(cells.astype({"returned": "int64", "orders": "int64"}), orders, period, by)


def _grid(cohorts: pd.DataFrame, last_number: int) -> pd.DataFrame:
    """Repeat each cohort for all its ages up to the period of as_of."""
    ages = last_number - cohorts["cohort_number"].to_numpy() + 1
    grid = cohorts.loc[cohorts.index.repeat(ages)].reset_index(drop=True)
    grid["age"] = np.concatenate([np.arange(count) for count in ages]) if len(ages) else []
    return grid.astype({"age": "int64"})


def _dated(
    cells: pd.DataFrame, orders: Orders, period: Period, by: tuple[str, ...]
) -> pd.DataFrame:
    numbers = cells["cohort_number"]
    starts = {number: period_start(number, period) for number in numbers.unique()}
    ends = numbers + cells["age"]
    finished = {number: period_end(number, period) <= orders.as_of for number in ends.unique()}
    burnt = orders.burn_in_end
    cohort = numbers.map(starts).astype("datetime64[us]")
    return cells.assign(
        cohort=cohort,
        is_complete=ends.map(finished).astype(bool),
        is_burn_in=(cohort < burnt) if burnt is not None else False,
    ).sort_values([*by, "cohort", "age"], ignore_index=True)
