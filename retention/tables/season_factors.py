"""Months of the year beside a usual month, where two years tell them apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.orders.orders import Orders
from retention.tables.monthly_season import monthly_season

YEARS = 2
# The lunar new year moves between them, so they share one factor.
TOGETHER = (1, 2)


def season_factors(orders: Orders) -> pd.Series | None:
    """One factor for each month 1..12, of mean 1; None with less than two years of whole months."""
    months = monthly_season(orders)
    whole = months[months["is_complete"] & (months["period"] >= orders.history_start)]
    number = whole["period"].dt.month
    if number.value_counts().reindex(range(1, 13), fill_value=0).min() < YEARS:
        return None
    factors = whole["peak_ratio"].groupby(number).mean()
    factors[list(TOGETHER)] = factors[list(TOGETHER)].mean()
    if not np.isfinite(factors).all() or not (factors > 0).all():
        return None
    return factors / factors.mean()
