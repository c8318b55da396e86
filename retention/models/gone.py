"""When the customer behind a history may have left, and how likely that is by itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from retention.models.attrition import Attrition
from retention.models.departures import NO_TIME, POINTS, departures
from retention.models.history import FloatArray, History
from retention.models.points_needed import last_age
from retention.models.purchase_rate import PurchaseRate

# In units of the mean time between orders: silence as short as that tells nothing of the rate.
EARLY = 1e-9


class Gone(NamedTuple):
    """Ages, a row a point and a column a customer, and the log of the chance to leave about then."""

    age: FloatArray
    log_chance: FloatArray


def gone_by(
    rate: PurchaseRate, leaving: Attrition, history: History, *, points: int = POINTS
) -> Gone:
    """Points between the last purchase and T, where leaving is likely.

    Those who leave very early do so on a scale without a beginning. With one purchase only, all who
    leave before `early_age` are therefore one more point, age 0, in the last row. Such histories come apart
    from others, see `chunks.py`.
    """
    since = history.recency
    until, turn = last_age(rate, leaving, history), _turn(rate, leaving, since)
    if history.frequency[0] > 0:
        at = departures(since, until, turn, points=points)
        return Gone(at.age, at.log_width + leaving.log_left(at.age))
    early = early_age(rate, history)
    at = departures(early, np.maximum(until, early), turn)
    log_chance = at.log_width + leaving.log_left(at.age)
    share = np.maximum(-np.expm1(leaving.log_survived(early)), NO_TIME)
    return Gone(
        np.concatenate([at.age, np.zeros((1, since.size))]),
        np.concatenate([log_chance, np.log(share)[None]]),
    )


def _turn(rate: PurchaseRate, leaving: Attrition, since: FloatArray) -> FloatArray:
    at_birth = np.zeros(since.shape)
    return np.minimum(rate.turn(at_birth), leaving.turn(at_birth))


def early_age(rate: PurchaseRate, history: History) -> FloatArray:
    """An age so low that who left by then may as well have left at any moment before."""
    gap = rate.usual_gap(np.zeros(1, dtype=np.int64), np.zeros(1))
    return np.asarray(np.minimum(history.T, EARLY * gap))
