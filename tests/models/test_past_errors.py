"""What earlier forecasts missed is added to the scatter of today's customers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, t

from retention.models.past_errors import LEVEL, PastErrors


def errors(cuts: int) -> PastErrors:
    empty = np.zeros((cuts, 1))
    return PastErrors(cuts, *[empty] * 6)


def test_without_earlier_cuts_only_the_own_scatter_counts() -> None:
    found = errors(0).spread(np.zeros((0, 1)), np.zeros((0, 1)), np.array([0.2]))
    assert found[0] == pytest.approx(norm.ppf(LEVEL) * 0.2)


def test_few_cuts_make_wide_limits() -> None:
    """Errors of .5 beside an own scatter of .3 leave .4 in common: .5 in all beside .3 of today."""
    found = errors(3).spread(np.full((3, 1), 0.5), np.full((3, 1), 0.3), np.array([0.3]))
    share = 0.25 / 0.16
    assert found[0] == pytest.approx(t.ppf(LEVEL, 3 * share**2) * 0.5)
