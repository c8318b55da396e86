"""When the customer behind a history may have left, and how likely that is by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from retention.models.attrition import Attrition
from retention.models.departures import FALL, NO_TIME, departures
from retention.models.history import FloatArray, History
from retention.models.purchase_rate import PurchaseRate

# Histories at a time: working arrays of these and the points stay in the cache.
CHUNK = 2048
# In units of the mean time between orders: silence as short as that tells nothing of the rate.
EARLY = 1e-9


class Gone(NamedTuple):
    """Ages, a row a point and a column a customer, and the log of the chance to leave about then."""

    age: FloatArray
    log_chance: FloatArray


def gone_by(rate: PurchaseRate, leaving: Attrition, history: History) -> Gone:
    """Points between the last purchase and T, where leaving is likely.

    Those who leave very early do so on a scale without a beginning. With one purchase only, all who
    leave before `early_age` are therefore one more point, age 0, in the last row. Such histories come apart
    from others, see `chunks`.
    """
    x, since = history.frequency, history.recency
    at_birth = np.zeros(since.shape)
    turn = np.minimum(rate.turn(at_birth), leaving.turn(at_birth))
    reach = np.minimum(rate.reach(x, since, FALL), leaving.reach(since, FALL))
    until = np.minimum(history.T, since + reach)
    if x[0] > 0:
        at = departures(since, until, turn)
        return Gone(at.age, at.log_width + leaving.log_left(at.age))
    early = early_age(rate, history)
    at = departures(early, np.maximum(until, early), turn)
    log_chance = at.log_width + leaving.log_left(at.age)
    share = np.maximum(-np.expm1(leaving.log_survived(early)), NO_TIME)
    return Gone(
        np.concatenate([at.age, np.zeros((1, since.size))]),
        np.concatenate([log_chance, np.log(share)[None]]),
    )


def early_age(rate: PurchaseRate, history: History) -> FloatArray:
    """An age so low that who left by then may as well have left at any moment before."""
    gap = rate.usual_gap(np.zeros(1, dtype=np.int64), np.zeros(1))
    return np.asarray(np.minimum(history.T, EARLY * gap))


def chunks(history: History) -> Iterator[slice]:
    """Rows at a time, those with one purchase apart from those with more."""
    once = int((history.frequency == 0).sum())
    for first, last in ((0, once), (once, history.T.size)):
        for start in range(first, last, CHUNK):
            yield slice(start, min(start + CHUNK, last))
