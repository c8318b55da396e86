"""Distinct pairs of frequency and age: all that the orders of an active customer depend on.

Where they depend on the last purchase, too, the pairs are told apart by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from retention.models.history import FloatArray, History, IntArray

# Cells at a time: some 16 MB a working array.
CELLS = 2_000_000


@dataclass(frozen=True, eq=False)
class Pairs:
    """Distinct (frequency, T), and the pair of each history; `recency` is T where it says nothing."""

    frequency: IntArray
    recency: FloatArray
    T: FloatArray
    of: IntArray

    def told(self, members: Any) -> dict[str, Any]:
        """What `Setting.at_least` is told of these pairs."""
        names = ("frequency", "recency", "T")
        return {name: getattr(self, name)[members] for name in names}


def pairs_of(history: History, *, by_recency: bool = False) -> Pairs:
    """The distinct pairs of frequency and age."""
    names = ["frequency", "T", "recency"]
    recency = history.recency if by_recency else history.T
    table = pd.DataFrame({"frequency": history.frequency, "T": history.T, "recency": recency})
    of = table.groupby(names, sort=True).ngroup().to_numpy(np.int64)
    first = table.drop_duplicates().sort_values(names)
    columns = {name: first[name].to_numpy(np.float64) for name in ("recency", "T")}
    return Pairs(frequency=first["frequency"].to_numpy(np.int64), of=of, **columns)


def rows_of(pairs: Pairs, members: IntArray, width: int) -> Iterator[tuple[IntArray, IntArray]]:
    """The histories of these pairs, a chunk at a time, and the place of their pair among them."""
    place = np.full(pairs.T.size, -1, dtype=np.int64)
    place[members] = np.arange(members.size)
    rows = np.flatnonzero(place[pairs.of] >= 0)
    step = max(1, CELLS // (8 * width))
    for start in range(0, rows.size, step):
        part = rows[start : start + step]
        yield part, place[pairs.of[part]]
