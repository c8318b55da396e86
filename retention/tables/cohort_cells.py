"""Cells of cohorts by age, from the engine's counts; a zero is a row, the future is not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.engine.age_scale import AgeScale
from retention.orders.orders import Orders
from retention.periods import period_end, period_start

COHORT = "cohort_number"


def customer_ages(
    counts: pd.DataFrame, *, by: Sequence[str], max_age: int | None = None
) -> pd.DataFrame:
    """One row per group, cohort, reach and age from 0 to the reach: `eligible`, and all other sums.

    Customers who can be asked up to another age stand apart, so that running sums are theirs alone.
    """
    key = [*by, COHORT, "reach"]
    sums = [name for name in counts.columns if name not in (*key, "age", "customers")]
    found = counts.groupby([*key, "age"], as_index=False)[sums].sum()
    rows = _every_age(counts, key, max_age).merge(found, on=[*key, "age"], how="left")
    # An age without a row is one at which nobody bought.
    rows[sums] = rows[sums].fillna(0)
    return rows.astype({name: str(counts[name].dtype) for name in sums})


def _every_age(counts: pd.DataFrame, key: list[str], max_age: int | None) -> pd.DataFrame:
    sizes = pd.DataFrame(counts.groupby(key, as_index=False)["customers"].sum())
    last = sizes["reach"] if max_age is None else sizes["reach"].clip(upper=max_age)
    ages = (last + 1).clip(lower=0).to_numpy()
    rows = sizes.loc[sizes.index.repeat(ages)].reset_index(drop=True)
    rows["age"] = np.concatenate([np.arange(count) for count in ages]) if len(ages) else ages
    return rows.astype({"age": "int64"}).rename(columns={"customers": "eligible"})


def cohort_cells(
    rows: pd.DataFrame, counts: pd.DataFrame, orders: Orders, *, scale: AgeScale, by: Sequence[str]
) -> pd.DataFrame:
    """Sums by group, cohort and age, with cohort (a date), cohort_size, is_complete and is_burn_in."""
    key = [*by, COHORT]
    sizes = pd.DataFrame(counts.groupby(key, as_index=False)["customers"].sum())
    cells = rows.drop(columns="reach").groupby([*key, "age"], as_index=False).sum()
    cells = cells.merge(sizes.rename(columns={"customers": "cohort_size"}), on=key)
    cohort = _dates(cells[COHORT], scale, is_end=False)
    burnt = orders.burn_in_end
    cells = cells.assign(
        cohort=cohort,
        is_complete=_is_complete(cells, orders, scale),
        is_burn_in=(cohort < burnt) if burnt is not None else False,
    )
    return cells.sort_values([*by, "cohort", "age"], ignore_index=True)


def _is_complete(cells: pd.DataFrame, orders: Orders, scale: AgeScale) -> pd.Series:
    """The window is over for the whole cohort, which nobody can join any more."""
    is_calendar = scale.step is None and scale.edges is None
    last = cells[COHORT] + cells["age"] if is_calendar else cells[COHORT]
    is_over = _dates(last, scale, is_end=True) <= orders.as_of
    return is_over & (cells["eligible"] == cells["cohort_size"])


def _dates(numbers: pd.Series, scale: AgeScale, *, is_end: bool) -> pd.Series:
    """First or last days of periods."""
    edge = period_end if is_end else period_start
    days = {number: edge(number, scale.period, scale.week_start) for number in numbers.unique()}
    return numbers.map(days).astype("datetime64[us]")
