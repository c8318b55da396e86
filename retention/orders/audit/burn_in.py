"""Burn-in: at the start of an extract old customers look new, so the first cohorts are too large."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, Literal

import pandas as pd

from retention.engine.customer_period_grain import new_customers
from retention.engine.frames import to_arrow
from retention.periods import period_start

EXCESS = 1.5
FOLLOWING = 12
AT_LEAST = 6


def burn_in_end(
    orders: Any, *, history_start: pd.Timestamp, burn_in_days: int | Literal["auto"]
) -> pd.Timestamp | None:
    """The first day whose new customers can be believed; None where nothing is left out.

    `"auto"` flags the first months whose new customers exceed 1.5 times the median of the following
    twelve, judged only where at least six follow.
    """
    if burn_in_days != "auto":
        return history_start + pd.Timedelta(days=burn_in_days) if burn_in_days else None
    rows = to_arrow(new_customers(orders)).to_pylist()
    sizes = {row["cohort_number"]: row["customers"] for row in rows}
    months = sorted(sizes)
    flagged = inflated_periods([sizes[month] for month in months])
    return period_start(months[flagged], "month") if flagged else None


def inflated_periods(sizes: Sequence[int]) -> int:
    """How many of the first periods have too many new customers.

    Examples
    --------
    >>> inflated_periods([900, 300, 100, 110, 90, 100, 105, 95, 100])
    2
    >>> inflated_periods([900, 300, 100])
    0
    """
    for place, size in enumerate(sizes):
        following = sizes[place + 1 : place + 1 + FOLLOWING]
        if len(following) < AT_LEAST or size <= EXCESS * median(following):
            return place
    return 0
