"""The last age of `on_or_after`: cohorts that were not observed up to it are left out."""

from __future__ import annotations

import math

import pandas as pd

from retention.engine.age_scale import AgeScale
from retention.errors import ArgumentError, require_number
from retention.orders.orders import Orders
from retention.periods import period_end
from retention.tables.cohort_cells import COHORT


def check_max_age(max_age: int | None) -> None:
    """Refuse what is no age.

    Raises
    ------
    ArgumentError
        If it is no whole number from 0 on.
    """
    if max_age is None:
        return
    require_number("max_age", max_age, is_whole=True)
    if max_age < 0:
        raise ArgumentError(f"max_age: {max_age} is not an age from 0 on.")


def last_age(counts: pd.DataFrame, orders: Orders, scale: AgeScale, max_age: int | None) -> int:
    """As given; by default the greatest age that is complete for at least half of the cohorts, 0 of none.

    Raises
    ------
    ArgumentError
        If no cohort was observed that long.
    """
    complete = _complete(counts, orders, scale)
    if complete.empty:
        return max_age or 0
    oldest = int(complete.max())
    if max_age is None and oldest >= 0:
        half = math.ceil(len(complete) / 2)
        return max(int(complete.sort_values(ascending=False).iloc[half - 1]), 0)
    if max_age is None or max_age > oldest:
        wanted = "age 0" if max_age is None else f"age {max_age}"
        raise ArgumentError(
            f"max_age: none of the {len(complete)} cohorts is complete at {wanted}; the oldest "
            f"{f'is at age {oldest}' if oldest >= 0 else 'has not ended its first period'}. "
            "Choose a smaller one, or a shorter period."
        )
    return max_age


def _complete(counts: pd.DataFrame, orders: Orders, scale: AgeScale) -> pd.Series:
    """The last complete age of each cohort, -1 where there is none."""
    begun = counts[counts["customers"] > 0]
    complete: pd.Series = begun.groupby(COHORT)["reach"].min()
    period, week_start = scale.period, scale.week_start
    if scale.step is None:
        is_open = period_end(scale.as_of_number, period, week_start) > orders.as_of
        return complete - int(is_open)
    ends = pd.Series([period_end(number, period, week_start) for number in complete.index])
    return complete.where((ends <= orders.as_of).to_numpy(), -1)
