"""Histories a few at a time, so that working arrays stay in the cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from retention.models.departures import POINTS
from retention.models.history import History, IntArray

# A working array of these and 24 points is 400 kB.
CHUNK = 2048


def chunks(history: History, points: IntArray) -> Iterator[tuple[IntArray, int]]:
    """Rows at a time that need as many points, and how many; those with one purchase come apart.

    Examples
    --------
    >>> one = np.ones(3)
    >>> history = History(np.array([0, 2, 5]), one, one, one, np.arange(3))
    >>> [(rows.tolist(), points) for rows, points in chunks(history, np.array([24, 12, 24]))]
    [([0], 24), ([1], 12), ([2], 24)]
    """
    once = history.frequency == 0
    kinds = [(once, POINTS), *((~once & (points == each), int(each)) for each in np.unique(points))]
    for is_kind, each in kinds:
        rows, most = np.flatnonzero(is_kind), CHUNK * POINTS // each
        for start in range(0, rows.size, most):
            yield rows[start : start + most], each
