"""How many orders are too many to matter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retention.models.history import IntArray
from retention.models.pairs import Pairs
from retention.models.setting import Setting

# No customer is said to order more often than this.
MOST = 2**24
# Ages of each frequency at which it is looked for.
AGES = 9


def most_orders(
    settings: Sequence[Setting], pairs: Pairs, *, horizon: float, beyond: float
) -> IntArray:
    """For each pair a count that is exceeded with about that chance or less, active or not.

    It changes slowly with age: of each frequency a few ages are searched, and each pair is given the
    larger one of the two around it.
    """
    searched = _spread(pairs.frequency)
    found = _search(settings, pairs, searched, horizon, beyond)
    right = np.searchsorted(searched, np.arange(pairs.T.size))
    left = np.where(searched[right] == np.arange(pairs.T.size), right, right - 1)
    return np.maximum(found[left], found[right])


def _spread(frequency: IntArray) -> IntArray:
    """The first and the last pair of each frequency, and some between; pairs are sorted."""
    _, starts, sizes = np.unique(frequency, return_index=True, return_counts=True)
    shares = np.linspace(0.0, 1.0, AGES)
    return np.unique(starts[:, None] + np.round(shares * (sizes - 1)[:, None]).astype(np.int64))


def _search(
    settings: Sequence[Setting], pairs: Pairs, members: IntArray, horizon: float, beyond: float
) -> IntArray:
    """By doubling, then by halves."""
    low = np.zeros(members.size, dtype=np.int64)
    high = np.full(members.size, 4, dtype=np.int64)
    open_ = np.arange(members.size)
    while open_.size:
        is_more = _exceeds(settings, pairs, members[open_], high[open_], horizon, beyond)
        open_ = open_[is_more & (high[open_] < MOST)]
        low[open_], high[open_] = high[open_], 2 * high[open_]
    while (open_ := np.flatnonzero(high - low > 1)).size:
        middle = (low[open_] + high[open_]) // 2
        is_more = _exceeds(settings, pairs, members[open_], middle, horizon, beyond)
        low[open_] = np.where(is_more, middle, low[open_])
        high[open_] = np.where(is_more, high[open_], middle)
    return high


def _exceeds(
    settings: Sequence[Setting],
    pairs: Pairs,
    members: IntArray,
    counts: IntArray,
    horizon: float,
    beyond: float,
) -> NDArray[np.bool_]:
    """Whether more orders than the count come with more than that chance."""
    told = pairs.told(members)
    tails = [s.at_least(counts + 1, **told, horizon=horizon) for s in settings]
    return np.asarray(np.mean(tails, axis=0) > beyond)
