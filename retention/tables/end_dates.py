"""The ends of a scale, and the first days of the spans that end with them, as dates."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from retention.engine.end_scale import EndScale
from retention.orders.orders import Orders
from retention.periods import EPOCH, day_number, period_start


def end_days(scale: EndScale) -> pd.DatetimeIndex:
    """The ends as dates."""
    return EPOCH.as_unit("us") + pd.to_timedelta(list(scale.ends), unit="D")


def start_days(scale: EndScale, orders: Orders) -> pd.DatetimeIndex:
    """The first day of the span that ends with each end."""
    if scale.period is not None:
        numbers = range(scale.first, scale.last + 1)
        starts = [period_start(number, scale.period, scale.week_start) for number in numbers]
        return pd.DatetimeIndex(starts).as_unit("us")
    begun = [day_number(orders.history_start), *(end + 1 for end, _ in pairwise(scale.ends))]
    return EPOCH.as_unit("us") + pd.to_timedelta(begun, unit="D")
