"""Sets things apart along a line: the arithmetic behind labels that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as possible to the wanted ones (rising) such that nothing overlaps.

    Least squares under the constraint, by pooling neighbours that collide; a block that would
    leave `low`..`high` is pushed back in.

    Examples
    --------
    >>> spread([5.0, 5.0, 20.0], [4.0, 4.0, 4.0], 0.0, 30.0)
    [3.0, 7.0, 20.0]
    """
    if not wanted:
        return []
    half = [(a + b) / 2 for a, b in pairwise(sizes)]
    offsets = np.concatenate([[0.0], np.cumsum(half)])
    blocks: list[list[float]] = []
    for value in np.asarray(wanted, dtype=float) - offsets:
        blocks.append([float(value)])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    level = [float(np.mean(block)) for block in blocks for _ in block]
    top = high - offsets[-1] - sizes[-1] / 2
    inside = np.maximum(np.minimum(level, top), low + sizes[0] / 2)
    return [float(value) for value in inside + offsets]
