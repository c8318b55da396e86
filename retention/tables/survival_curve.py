"""The share that is back by day, from events and open ends by day."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.tables.log_log import greenwood, log_log_limits

Counts = NDArray[np.float64]


def daily_counts(gaps: pd.DataFrame) -> tuple[Counts, Counts]:
    """Events and open ends by day, day 0 first, of rows of gap_days, is_censored and customers.

    Examples
    --------
    >>> gaps = pd.DataFrame({"gap_days": [1], "is_censored": [False], "customers": [2]})
    >>> daily_counts(gaps)
    (array([0., 2.]), array([0., 0.]))
    """
    length = int(gaps["gap_days"].max()) + 1 if len(gaps) else 0
    is_open = gaps["is_censored"].astype(bool)
    events, censored = (
        np.bincount(rows["gap_days"], weights=rows["customers"], minlength=length).astype(float)
        for rows in (gaps[~is_open], gaps[is_open])
    )
    return events, censored


def survival_curve(
    events: NDArray[np.float64],
    censored: NDArray[np.float64],
    *,
    min_at_risk: int,
    variance: NDArray[np.float64] | None = None,
) -> pd.DataFrame:
    """Share back by day from counts by day, day 0 first, as long as `min_at_risk` are at risk.

    `variance` is that of log S(d); Greenwood's if none.

    Examples
    --------
    >>> survival_curve(np.array([0.0, 1.0]), np.array([0.0, 3.0]), min_at_risk=1)["p_returned"].tolist()
    [0.0, 0.25]
    """
    at_risk = np.cumsum((events + censored)[::-1])[::-1]
    shown = at_risk >= min_at_risk
    events, censored, at_risk = events[shown], censored[shown], at_risk[shown]
    survival = np.cumprod(1 - events / at_risk).astype(np.float64)
    spread = greenwood(events, at_risk) if variance is None else variance[shown]
    low, high = log_log_limits(survival, spread)
    return pd.DataFrame(
        {
            "gap_days": np.arange(len(at_risk), dtype="int64"),
            "at_risk": at_risk.astype("int64"),
            "events": events.astype("int64"),
            "censored": censored.astype("int64"),
            "p_returned": 1 - survival,
            "low": low,
            "high": high,
        }
    )
