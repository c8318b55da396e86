"""How many orders to expect of each customer at least, and at most: the predictive count.

Given the parameters, the count of a customer who is active depends on frequency and age alone, and on
the last purchase only through the chance to be active. So its tail is computed once for each pair of
frequency and age, and each history takes its share of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from retention.models.history import FloatArray, History, IntArray
from retention.models.most_orders import most_orders
from retention.models.pairs import CELLS, Pairs, pairs_of, rows_of
from retention.models.setting import Setting

LOW, HIGH = 0.05, 0.95
# Counts are looked at up to one that is exceeded less often than the limits need.
SELDOM = 0.02


def order_intervals(
    settings: Sequence[Setting], history: History, *, horizon: float
) -> tuple[IntArray, IntArray]:
    """The 5 % and 95 % points of each history's count of orders within the horizon.

    Parameters
    ----------
    settings
        The model at equally likely parameters around the estimates.
    history
        Distinct histories, in the unit of the settings.
    horizon
        In the same unit.

    Returns
    -------
    tuple of numpy.ndarray
        The largest count with at most 5 % below it, and the smallest with at most 5 % above it.
    """
    pairs = pairs_of(history, by_recency=settings[0].minds_silence)
    alive = np.array([setting.p_alive(history) for setting in settings])
    low, high = (np.zeros(history.T.size, dtype=np.int64) for _ in range(2))
    most = most_orders(settings, pairs, horizon=horizon, beyond=SELDOM)
    for members, counts in _blocks(most):
        tails = _tails_of(settings, pairs, members, counts, horizon=horizon)
        for rows, place in rows_of(pairs, members, counts.size):
            tail = np.einsum("kr,krn->rn", alive[:, rows], tails[:, place]) / len(settings)
            low[rows] = (tail > 1.0 - LOW).sum(axis=1)
            high[rows] = (tail > 1.0 - HIGH).sum(axis=1)
    return low, high


def _blocks(most: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Pairs with about as many orders, and the counts 1, 2, ... that matter for them."""
    order = np.argsort(most, kind="stable")
    start = 0
    while start < order.size:
        width = int(most[order[start]])
        # Wider ones in the same block would waste cells, unless they are narrow anyway.
        same = np.searchsorted(most[order], max(2 * width, 16), side="right")
        stop = min(int(same), start + max(1, CELLS // max(2 * width, 16)))
        members = order[start:stop]
        yield members, np.arange(1, int(most[members[-1]]) + 1)
        start = stop


def _tails_of(
    settings: Sequence[Setting],
    pairs: Pairs,
    members: IntArray,
    counts: IntArray,
    *,
    horizon: float,
) -> FloatArray:
    """P(at least n orders) by setting, pair and count, for active customers."""
    told = pairs.told((members, None))
    each = [s.at_least(counts[None, :], **told, horizon=horizon) for s in settings]
    return np.array(each)
