"""Levels at which intervals would have held nine in ten."""

from __future__ import annotations

import numpy as np

from retention.models.count_forecast import NegativeBinomialCounts
from retention.models.interval_level import level_that_holds


def level(expected: float, counts: list[int]) -> float:
    """Of a Poisson forecast of each customer, whose counts came."""
    forecast = NegativeBinomialCounts(np.full(len(counts), expected), np.inf)
    return level_that_holds(forecast, np.array(counts), np.ones(len(counts)))


def test_too_wide_intervals_are_narrowed() -> None:
    assert level(25.0, [23, 24, 25, 26, 27]) < 0.5


def test_too_narrow_intervals_are_widened() -> None:
    assert level(25.0, [5, 25, 25, 60]) > 0.99


def test_what_holds_nearly_nine_in_ten_is_left() -> None:
    """Nine near the middle, one far off."""
    assert level(25.0, [25] * 9 + [60]) == 0.9
