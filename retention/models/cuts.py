"""The days at which a back-test looks back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number, shown
from retention.orders.orders import Orders
from retention.periods import as_day

Day = str | date | pd.Timestamp
Cuts = int | Day | Sequence[Day]
# Less history tells nothing of how customers differ.
SHORTEST_DAYS = 28


def choose_cuts(orders: Orders, cuts: Cuts, *, holdout_days: int) -> list[pd.Timestamp]:
    """The cuts in order: the last so many horizons before the as-of date, or the days given.

    Raises
    ------
    ArgumentError
        Where a horizon is not over at the as-of date, or a cut has less than 28 days of history.
    """
    days = _latest(orders, cuts, holdout_days) if isinstance(cuts, Real) else _given(cuts)
    last, first = _span(orders, holdout_days)
    wrong = [day for day in days if not first <= day <= last]
    if wrong:
        fit = max(0, (last - first).days // holdout_days + 1)
        raise ArgumentError(
            f"cuts: {len(wrong)} of {len(days)} ({', '.join(f'{day:%Y-%m-%d}' for day in wrong[:3])}) "
            f"do not lie between {first:%Y-%m-%d} and {last:%Y-%m-%d}: each needs {SHORTEST_DAYS} days "
            f"of history and {holdout_days} days that are over. With holdout_days={holdout_days} there "
            f"is room for cuts={fit}; pass fewer, or a shorter holdout_days."
        )
    return days


def _latest(orders: Orders, cuts: Any, holdout_days: int) -> list[pd.Timestamp]:
    require_number("cuts", cuts, is_whole=True)
    count = int(cuts)
    if count < 1:
        raise ArgumentError(f"cuts: {cuts} is not a number of cuts from 1 on.")
    back = [pd.Timedelta(days=holdout_days * number) for number in range(count, 0, -1)]
    return [orders.as_of - each for each in back]


def _given(cuts: object) -> list[pd.Timestamp]:
    """The days in order; one day alone is a list of one."""
    given = [cuts] if isinstance(cuts, (str, date, np.datetime64)) else cuts
    days = list(given) if isinstance(given, Iterable) else []
    if not days:
        raise ArgumentError(f"cuts: {shown(cuts)} is neither a number nor a list of days.")
    return sorted({as_day(day, "cuts") for day in days})


def _span(orders: Orders, holdout_days: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    last = orders.as_of - pd.Timedelta(days=holdout_days)
    return last, orders.history_start + pd.Timedelta(days=SHORTEST_DAYS)
