"""A curve over all gaps of all customers, whose limits know that a customer has several."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.tables.log_log import greenwood
from retention.tables.survival_curve import survival_curve

SUMS = ("settled_sq", "cross", "open_sq")
COUNTS = ("events", "censored")


def clustered_curve(days: pd.DataFrame, *, min_at_risk: int) -> pd.DataFrame:
    """The columns of `kaplan_meier`, from what `engine.gap_clusters.clustered_days` returns.

    Examples
    --------
    Three customers with one gap each, one of them still open: Greenwood's limits.

    >>> days = pd.DataFrame({"gap_days": [1, 2], "events": [1, 1], "censored": [0, 1],
    ...     "settled_sq": [1 / 9, 0.0], "cross": [0.0, 0.0], "open_sq": [1, 2]})
    >>> clustered_curve(days, min_at_risk=1)["p_returned"].round(3).tolist()
    [0.0, 0.333, 0.667]
    """
    length = int(days["gap_days"].max()) + 1 if len(days) else 0
    daily = days.set_index("gap_days")[[*COUNTS, *SUMS]].reindex(range(length), fill_value=0)
    events, censored, settled, cross, still_open = daily.to_numpy(float).T
    at_risk = np.cumsum((events + censored)[::-1])[::-1]
    variance = squared_influence(greenwood(events, at_risk), settled, cross, _beyond(still_open))
    return survival_curve(events, censored, min_at_risk=min_at_risk, variance=variance)


def squared_influence(
    hazard: NDArray[np.float64],
    settled_sq: NDArray[np.float64],
    cross: NDArray[np.float64],
    open_sq: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The sum over customers of (s + A m)^2 by day, from steps of the sums of s^2 and s m.

    Examples
    --------
    >>> squared_influence(np.array([0.5]), np.array([1.0]), np.array([-1.0]), np.array([4.0]))
    array([1.])
    """
    total: NDArray[np.float64]
    total = np.cumsum(settled_sq) + 2 * hazard * np.cumsum(cross) + hazard**2 * open_sq
    return total


def _beyond(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of the steps after each day."""
    reversed_sums = np.cumsum(steps[::-1])[::-1]
    return np.append(reversed_sums[1:], 0.0)[: len(steps)]
