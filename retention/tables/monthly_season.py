"""Months beside their year, and the warning where one of them is a peak."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from retention.lunar_new_year import holds_lunar_new_year
from retention.orders.orders import Orders
from retention.periods import period_end, period_number, period_start

PEAK = 1.5
YEAR, AT_LEAST = 12, 6
# A sentence and what fills it, as JSON keeps it.
Note = list[Any]


def monthly_season(orders: Orders) -> pd.DataFrame:
    """One row per month from the first order to as_of; the columns of `seasonality`, and `end`."""
    months = _months(orders)
    seen = (orders.as_of - months["period"]).dt.days + 1
    length = (months["end"] - months["period"]).dt.days + 1
    scaled = months["orders"] * length / np.minimum(seen, length)
    year_mean = _year_mean(scaled)
    ratio = scaled / year_mean.where(year_mean > 0)
    spans = zip(months["period"], months["end"], strict=True)
    return months.assign(
        is_complete=months["end"] <= orders.as_of,
        year_mean=year_mean,
        peak_ratio=ratio,
        is_peak=ratio > PEAK,
        orders_year_before=months["orders"].shift(YEAR),
        has_lunar_new_year=[holds_lunar_new_year(start, end) for start, end in spans],
    )


def season_notes(orders: Orders, cohorts: Iterable[pd.Timestamp] = ()) -> list[Note]:
    """Sentences for a caption: as_of lies in a peak, or one of these cohorts begins in one."""
    months = monthly_season(orders)
    peaks = months[months["is_peak"]].set_index("period")["peak_ratio"]
    notes: list[Note] = []
    last = orders.as_of.replace(day=1)
    if last in peaks.index:
        notes.append(
            [
                "The as-of date lies in a peak: {month} has {ratio} times the orders of a usual "
                "month, so the last periods look better than others will.",
                {"month": f"{last:%Y-%m}", "ratio": f"{peaks[last]:.1f}"},
            ]
        )
    starts = sorted({start.replace(day=1) for start in cohorts})
    named = [f"{start:%Y-%m}" for start in starts if start in peaks.index]
    if named:
        words = {"months": ", ".join(named)}
        notes.append(["Customers won in a peak may differ from others: {months}.", words])
    return notes


def _year_mean(orders: pd.Series) -> pd.Series:
    """The mean of the twelve months around each, so that growth is no peak."""
    count = len(orders)
    if count < AT_LEAST:
        return pd.Series(np.nan, orders.index)
    first = np.clip(np.arange(count) - YEAR // 2, 0, max(count - YEAR, 0))
    last = np.minimum(first + YEAR, count)
    totals = np.concatenate([[0.0], np.cumsum(orders)])
    return pd.Series((totals[last] - totals[first]) / (last - first), orders.index)


def _months(orders: Orders) -> pd.DataFrame:
    """Every month from the first order on; one without orders has 0."""
    last = period_number(orders.as_of, "month")
    numbers = range(min(orders.monthly, default=last), last + 1)
    starts = [period_start(number, "month") for number in numbers]
    ends = [period_end(number, "month") for number in numbers]
    counts = [orders.monthly.get(number, 0) for number in numbers]
    return pd.DataFrame({"period": starts, "end": ends, "orders": counts})
