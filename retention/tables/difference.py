"""The interval of a difference of two independent estimates, from the interval of each."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from retention.tables.wilson import wilson_interval

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """Estimates with their lower and upper limits."""

    value: Floats
    low: Floats
    high: Floats


def share(returned: ArrayLike, eligible: ArrayLike) -> Estimate:
    """Shares with Wilson's limits."""
    low, high = wilson_interval(returned, eligible)
    return Estimate(np.asarray(returned, float) / np.asarray(eligible, float), low, high)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """The first less the second: distances to the limits are squared and added.

    Of two shares with Wilson's limits this is Newcombe's interval.

    References
    ----------
    Newcombe (1998), Interval estimation for the difference between independent proportions: method
    10. Zou and Donner (2008), Construction of confidence limits about effect measures.

    Examples
    --------
    >>> gap = difference(share([56], [70]), share([48], [80]))
    >>> [round(float(part[0]), 4) for part in gap]
    [0.2, 0.0524, 0.3339]
    """
    down = np.hypot(first.value - first.low, second.high - second.value)
    up = np.hypot(first.high - first.value, second.value - second.low)
    gap = first.value - second.value
    return Estimate(gap, gap - down, gap + up)
