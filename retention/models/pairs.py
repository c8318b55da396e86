"""Distinct pairs of frequency and age: all that the orders of an active customer depend on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from retention.models.history import FloatArray, History, IntArray

# Cells at a time: some 16 MB a working array.
CELLS = 2_000_000


@dataclass(frozen=True, eq=False)
class Pairs:
    """Distinct (frequency, T), and the pair of each history."""

    frequency: IntArray
    T: FloatArray
    of: IntArray


def pairs_of(history: History) -> Pairs:
    """The distinct pairs of frequency and age."""
    table = pd.DataFrame({"frequency": history.frequency, "T": history.T})
    of = table.groupby(["frequency", "T"], sort=True).ngroup().to_numpy(np.int64)
    first = table.drop_duplicates().sort_values(["frequency", "T"])
    return Pairs(first["frequency"].to_numpy(np.int64), first["T"].to_numpy(np.float64), of)


def rows_of(pairs: Pairs, members: IntArray, width: int) -> Iterator[tuple[IntArray, IntArray]]:
    """The histories of these pairs, a chunk at a time, and the place of their pair among them."""
    place = np.full(pairs.T.size, -1, dtype=np.int64)
    place[members] = np.arange(members.size)
    rows = np.flatnonzero(place[pairs.of] >= 0)
    step = max(1, CELLS // (8 * width))
    for start in range(0, rows.size, step):
        part = rows[start : start + step]
        yield part, place[pairs.of[part]]
