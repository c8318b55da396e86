"""Wilson's limits: textbook numbers, symmetry, and how often they hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from retention.tables.wilson import wilson_interval

# Examples


def test_nobody_eligible_says_nothing() -> None:
    low, high = wilson_interval([0], [0])
    assert (low[0], high[0]) == (0, 1)


def test_none_and_all() -> None:
    low, high = wilson_interval([0, 10], [10, 10])
    assert low[0] == 0
    assert high[1] == 1
    assert high[0] == pytest.approx(0.2775, abs=1e-4)


# Laws


@given(st.integers(1, 500), st.integers(0, 500))
def test_like_scipy_and_symmetric(eligible: int, drawn: int) -> None:
    returned = min(drawn, eligible)
    low, high = wilson_interval([returned], [eligible])
    expected = binomtest(returned, eligible).proportion_ci(method="wilson")
    assert (low[0], high[0]) == (pytest.approx(expected.low), pytest.approx(expected.high))
    other_low, other_high = wilson_interval([eligible - returned], [eligible])
    assert (1 - other_high[0], 1 - other_low[0]) == (pytest.approx(low[0]), pytest.approx(high[0]))


# References


def test_coverage_is_near_95_on_average() -> None:
    """Exact coverage over shares from 5 to 95 %, as Brown, Cai and DasGupta (2001) report it."""
    returned = np.arange(51)
    low, high = wilson_interval(returned, np.full(51, 50))
    shares = np.linspace(0.05, 0.95, 181)
    held = [binom.pmf(returned, 50, p)[(low <= p) & (p <= high)].sum() for p in shares]
    assert np.mean(held) == pytest.approx(0.95, abs=0.01)
