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


def most_orders(
    settings: Sequence[Setting], pairs: Pairs, *, horizon: float, beyond: float
) -> IntArray:
    """For each pair a count that is exceeded with at most that chance, active or not."""
    low = np.zeros(pairs.T.size, dtype=np.int64)
    high = np.full(pairs.T.size, 4, dtype=np.int64)
    open_ = np.arange(pairs.T.size)
    while open_.size:
        is_more = _exceeds(settings, pairs, open_, high[open_], horizon, beyond)
        open_ = open_[is_more & (high[open_] < MOST)]
        low[open_], high[open_] = high[open_], 2 * high[open_]
    while (open_ := np.flatnonzero(high - low > 1)).size:
        middle = (low[open_] + high[open_]) // 2
        is_more = _exceeds(settings, pairs, open_, middle, horizon, beyond)
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
