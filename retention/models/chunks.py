"""Histories a few at a time, so that working arrays stay in the cache."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from retention.models.history import History, IntArray

# A working array of these and 24 points is 400 kB.
CHUNK = 2048


def chunks(history: History) -> Iterator[IntArray]:
    """Rows at a time, those with one purchase apart from those with more, in whatever order they are."""
    once = history.frequency == 0
    for rows in (np.flatnonzero(once), np.flatnonzero(~once)):
        for start in range(0, rows.size, CHUNK):
            yield rows[start : start + CHUNK]
