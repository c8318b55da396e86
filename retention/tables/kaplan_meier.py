"""The Kaplan-Meier estimate of "back within d days", for counts of closed and open gaps."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.tables.wilson import Z95

MIN_AT_RISK = 10


def kaplan_meier(gaps: pd.DataFrame, *, min_at_risk: int = MIN_AT_RISK) -> pd.DataFrame:
    """Share back by day, one row per day from 0 on, as long as `min_at_risk` are at risk.

    `gaps` has gap_days, is_censored and customers. An event on day d precedes a censoring on day d.
    Limits are Greenwood's on the log-log scale. Columns: gap_days, at_risk, events, censored,
    p_returned, low, high.

    Examples
    --------
    >>> import pandas as pd
    >>> gaps = pd.DataFrame({"gap_days": [1, 2, 2], "is_censored": [False, True, False],
    ...                      "customers": [1, 1, 2]})
    >>> kaplan_meier(gaps, min_at_risk=1)[["gap_days", "at_risk", "events", "p_returned"]]
       gap_days  at_risk  events  p_returned
    0         0        4       0        0.00
    1         1        4       1        0.25
    2         2        3       2        0.75
    """
    events, censored = _by_day(gaps, False), _by_day(gaps, True)
    at_risk = np.cumsum((events + censored)[::-1])[::-1]
    shown = at_risk >= min_at_risk
    events, censored, at_risk = events[shown], censored[shown], at_risk[shown]
    survival = np.cumprod(1 - events / at_risk).astype(np.float64)
    low, high = _limits(survival, events, at_risk)
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


def _by_day(gaps: pd.DataFrame, is_censored: bool) -> NDArray[np.float64]:
    length = int(gaps["gap_days"].max()) + 1 if len(gaps) else 0
    rows = gaps[gaps["is_censored"] == is_censored]
    counts = np.bincount(rows["gap_days"], weights=rows["customers"], minlength=length)
    return counts.astype(np.float64)


def _limits(
    survival: NDArray[np.float64], events: NDArray[np.float64], at_risk: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Limits of the share back; the estimate itself where it is 0 or 1."""
    inner = (survival > 0) & (survival < 1)
    left = at_risk - events
    greenwood = np.cumsum(
        np.divide(events, at_risk * left, out=np.zeros_like(left), where=left > 0)
    )
    log_survival = np.log(survival, out=np.full_like(survival, -1.0), where=inner)
    spread = Z95 * np.sqrt(greenwood) / np.abs(log_survival)
    upper = np.where(inner, survival ** np.exp(-spread), survival)
    lower = np.where(inner, survival ** np.exp(spread), survival)
    return 1 - upper, 1 - lower
