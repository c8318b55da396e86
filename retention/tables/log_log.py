"""Limits of a share that is back, on the log-log scale, from the variance of the log of what is not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retention.tables.wilson import Z95


def greenwood(events: NDArray[np.float64], at_risk: NDArray[np.float64]) -> NDArray[np.float64]:
    """Variance of log S by day, where each customer has one gap.

    References
    ----------
    Greenwood (1926), The natural duration of cancer.

    Examples
    --------
    >>> greenwood(np.array([2.0]), np.array([10.0]))
    array([0.025])
    """
    left = at_risk - events
    parts = np.divide(events, at_risk * left, out=np.zeros(len(left)), where=left > 0)
    summed: NDArray[np.float64] = np.cumsum(parts)
    return summed


def log_log_limits(
    survival: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lower and upper 95 % limit of 1 - survival; the estimate itself where it is 0 or 1.

    References
    ----------
    Kalbfleisch and Prentice (1980), The statistical analysis of failure time data.

    Examples
    --------
    >>> low, high = log_log_limits(np.array([0.8]), np.array([0.025]))
    >>> low.round(3), high.round(3)
    (array([0.054]), array([0.591]))
    """
    inner = (survival > 0) & (survival < 1)
    log_survival = np.log(survival, out=np.full_like(survival, -1.0), where=inner)
    # Sums of squares that should be 0 may end a rounding below it.
    spread = Z95 * np.sqrt(np.maximum(variance, 0)) / np.abs(log_survival)
    upper = np.where(inner, survival ** np.exp(-spread), survival)
    lower = np.where(inner, survival ** np.exp(spread), survival)
    return 1 - upper, 1 - lower
