"""Simple rules that a model has to beat, as forecasts of counts.

Each looks at the cut before for what its rule was worth there: a factor, the mean of those of whom it
says nothing, and how far counts scatter around it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import gammaln

from retention.models.count_forecast import NegativeBinomialCounts
from retention.models.cut import Cut
from retention.models.history import FloatArray, IntArray
from retention.tables.lapse_thresholds import lapse_thresholds

SHORTEST_DAYS = 30  # of a customer's age, so that one day does not make a rate
MOST_FREQUENT = 3
RULES = ("own_rate", "frequency_group", "recent_orders", "lapse_rule")
# Between counts that are nearly all at one customer, and a scatter that no sample shows.
SHAPES = (-6.0, 8.0)


def simple_forecast(rule: str, before: Cut, cut: Cut) -> NegativeBinomialCounts:
    """What one of `RULES` forecasts at a cut, from the cut before it.

    Parameters
    ----------
    rule
        own_rate: everybody goes on as so far, frequency x horizon / max(T, 30). recent_orders: as
        often as in the horizon before the cut. frequency_group: the mean of the cut before by
        frequency 0, 1, 2, 3 or more. lapse_rule: by whether the silence is longer than the lapse
        threshold that was known at the cut.
    before, cut
        The cut before may have a shorter horizon; its means are stretched.

    Raises
    ------
    ArgumentError
        By the lapse rule where nobody has come back so far.
    """
    if rule == "own_rate":
        return _by_rate(before, cut, _own_rate)
    if rule == "recent_orders":
        return _by_rate(before, cut, lambda one: one.cells["recent"].to_numpy(np.float64))
    if rule == "frequency_group":
        return _by_group(before, cut, _frequency_group)
    return _by_group(before, cut, partial(_is_lapsed, after_days=_lapsed_after(cut)))


def _own_rate(cut: Cut) -> FloatArray:
    age = np.maximum(cut.cells["T"], SHORTEST_DAYS)
    return (cut.cells["frequency"] * cut.horizon_days / age).to_numpy(np.float64)


def _frequency_group(cut: Cut) -> IntArray:
    return np.asarray(np.minimum(cut.history.frequency, MOST_FREQUENT))


def _lapsed_after(cut: Cut) -> int:
    return lapse_thresholds(cut.known, None, None).lapsed


def _is_lapsed(cut: Cut, after_days: int) -> IntArray:
    silence = cut.cells["T"] - cut.cells["recency"]
    return (silence > after_days).astype("int64").to_numpy()


def _by_rate(before: Cut, cut: Cut, rule: Callable[[Cut], FloatArray]) -> NegativeBinomialCounts:
    """The rule times what it was worth before; where it says 0, the mean of those of whom it did."""
    said, rest = rule(before), _mean(before, rule(before) == 0)
    factor = _factor(before, said)
    shape = _shape(before, np.where(said > 0, factor * said, rest))
    scaled = rule(cut)
    means = np.where(scaled > 0, factor * scaled, rest * _longer(before, cut))
    return NegativeBinomialCounts(means, shape)


def _factor(cut: Cut, said: FloatArray) -> float:
    """What came over what the rule said, with half an order on either side."""
    weights = np.where(said > 0, cut.weights, 0.0)
    return float((weights @ cut.actual + 0.5) / (weights @ said + 0.5))


def _by_group(before: Cut, cut: Cut, groups: Callable[[Cut], IntArray]) -> NegativeBinomialCounts:
    then, now = groups(before), groups(cut)
    means = {int(group): _mean(before, then == group) for group in np.union1d(then, now)}
    shape = _shape(before, _looked_up(means, then))
    return NegativeBinomialCounts(_looked_up(means, now) * _longer(before, cut), shape)


def _looked_up(means: dict[int, float], groups: IntArray) -> FloatArray:
    return pd.Series(groups).map(means).to_numpy(np.float64)


def _longer(before: Cut, cut: Cut) -> float:
    """The horizon over that of the cut before, which is shorter where history is."""
    return cut.horizon_days / before.horizon_days


def _mean(cut: Cut, among: NDArray[np.bool_]) -> float:
    """Orders a customer; half an order is added, so that what nobody did is not impossible."""
    return float((cut.weights[among] @ cut.actual[among] + 0.5) / (cut.weights[among].sum() + 1.0))


def _shape(cut: Cut, means: FloatArray) -> float:
    """How far counts scattered around the means: the likeliest negative binomial shape."""
    y, weights = cut.actual, cut.weights

    def loss(log_shape: float) -> float:
        k = np.exp(log_shape)
        terms = gammaln(y + k) - gammaln(k) + k * np.log(k / (k + means))
        return -float(weights @ (terms + y * np.log(means / (k + means))))

    found = minimize_scalar(loss, bounds=SHAPES, method="bounded")
    return float(np.exp(found.x)) if found.x < SHAPES[1] - 0.1 else float("inf")
