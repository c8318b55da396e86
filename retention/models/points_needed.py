"""How finely the time in which a customer may have left has to be looked at."""

from __future__ import annotations

import numpy as np

from retention.models.attrition import Attrition
from retention.models.departures import FALL, POINTS
from retention.models.history import FloatArray, History, IntArray
from retention.models.purchase_rate import PurchaseRate

# Points that are as good as exact (1e-10) where leaving becomes no less likely than by e^-fall.
FALLS = (1.5, 3.5, 7.0, 14.0)
POINTS_OF_FALLS = np.array([6, 8, 10, 12, POINTS])
# Fewer histories than these are quicker among those that need more points.
LEAST = 500


def points_needed(rate: PurchaseRate, leaving: Attrition, history: History) -> IntArray:
    """How many points the ages of each history need; of no meaning for those with one purchase."""
    x, since = history.frequency, history.recency
    until = last_age(rate, leaving, history)
    fall = rate.log_moment(x, since) - rate.log_moment(x, until)
    fall += leaving.log_left(since) - leaving.log_left(until)
    step = np.searchsorted(FALLS, fall)
    for place, count in enumerate(np.bincount(step, minlength=len(FALLS) + 1)[:-1]):
        if count < LEAST:
            step[step == place] += 1
    return np.asarray(POINTS_OF_FALLS[step])


def last_age(rate: PurchaseRate, leaving: Attrition, history: History) -> FloatArray:
    """T, or an age after which nearly nobody leaves who did not before."""
    since = history.recency
    reach = np.minimum(rate.reach(history.frequency, since, FALL), leaving.reach(since, FALL))
    return np.asarray(np.minimum(history.T, since + reach))
