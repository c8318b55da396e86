"""Histories a few at a time, so that working arrays stay in the cache."""

from __future__ import annotations

from collections.abc import Iterator

from retention.models.history import History

# A working array of these and 24 points is 400 kB.
CHUNK = 2048


def chunks(history: History) -> Iterator[slice]:
    """Rows at a time, those with one purchase apart from those with more; sorted as histories are."""
    once = int((history.frequency == 0).sum())
    for first, last in ((0, once), (once, history.T.size)):
        for start in range(first, last, CHUNK):
            yield slice(start, min(start + CHUNK, last))
