"""How much of the outcomes an interval held, and how wide it would have had to be."""

from __future__ import annotations

import numpy as np

from retention.models.count_forecast import CountForecast
from retention.models.history import FloatArray, IntArray

USUAL = 0.9
# Coverage of the usual level within these is as good as right.
LOW, HIGH = 0.85, 0.95
SMALLEST = 1e-15


def coverage(
    forecast: CountForecast, actual: IntArray, customers: FloatArray, *, level: float = USUAL
) -> float:
    """Share of outcomes whose randomised PIT lies in the middle `level`, as its mean over the randomness.

    Examples
    --------
    >>> from retention.models.count_forecast import NegativeBinomialCounts
    >>> forecast = NegativeBinomialCounts(np.full(2, 3.0), np.inf)
    >>> round(coverage(forecast, np.array([3, 40]), np.array([1.0, 3.0])), 3)
    0.25
    """
    return _inside(*_bounds(forecast, actual), customers, level)


def level_that_holds(forecast: CountForecast, actual: IntArray, customers: FloatArray) -> float:
    """The level whose interval would have held nine in ten, where the usual one is clearly off.

    Examples
    --------
    >>> from retention.models.count_forecast import NegativeBinomialCounts
    >>> counts = np.arange(30)
    >>> sure = NegativeBinomialCounts(np.full(30, 14.5), np.inf)
    >>> bool(level_that_holds(sure, counts, np.ones(30)) > 0.99)
    True
    """
    bounds = _bounds(forecast, actual)
    if LOW <= _inside(*bounds, customers, USUAL) <= HIGH:
        return USUAL
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        is_enough = _inside(*bounds, customers, middle) >= USUAL
        low, high = (low, middle) if is_enough else (middle, high)
    return high


def _bounds(forecast: CountForecast, actual: IntArray) -> tuple[FloatArray, FloatArray]:
    """The chance of less than what came, and of no more."""
    return 1.0 - forecast.at_least(actual), 1.0 - forecast.at_least(actual + 1)


def _inside(below: FloatArray, up_to: FloatArray, customers: FloatArray, level: float) -> float:
    tail = (1.0 - level) / 2
    inside = np.minimum(up_to, 1.0 - tail) - np.maximum(below, tail)
    share = np.clip(inside / np.maximum(up_to - below, SMALLEST), 0.0, 1.0)
    return float(np.average(share, weights=customers))
