"""When the next order comes, if it comes: days by which it has come with given chances."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retention.models.history import FloatArray, History, IntArray
from retention.models.pairs import Pairs, pairs_of
from retention.models.setting import Setting

# Ten years: whoever has not come back by then is not waited for.
REACH_DAYS = 3652


def next_order_days(
    settings: Sequence[Setting],
    history: History,
    chances: Sequence[float],
    *,
    time_unit_days: float,
) -> tuple[FloatArray, IntArray]:
    """The chance of a next order within ten years, and the days by which it has come if it comes.

    Parameters
    ----------
    settings
        The model at equally likely parameters around the estimates.
    history
        Distinct histories, in the unit of the settings.
    chances
        Of having come by the day, given that it comes.
    time_unit_days
        Days in one unit of the settings.

    Returns
    -------
    tuple of numpy.ndarray
        One chance for each history, and whole days from now on: a row for each of `chances`.
    """
    alive = np.mean([setting.p_alive(history) for setting in settings], axis=0)
    pairs = pairs_of(history, by_recency=settings[0].minds_silence)
    reach = np.full(pairs.T.size, REACH_DAYS)
    ever = _come_by(settings, pairs, reach, time_unit_days)
    days = [_first_day(settings, pairs, chance * ever, time_unit_days) for chance in chances]
    return alive * ever[pairs.of], np.array(days)[:, pairs.of]


def _come_by(
    settings: Sequence[Setting], pairs: Pairs, days: IntArray, time_unit_days: float
) -> FloatArray:
    """The chance that the next order of an active customer comes within so many days."""
    one, told = np.ones_like(days), pairs.told(slice(None))
    horizon = days / time_unit_days
    each = [setting.at_least(one, **told, horizon=horizon) for setting in settings]
    return np.asarray(np.mean(each, axis=0))


def _first_day(
    settings: Sequence[Setting], pairs: Pairs, chance: FloatArray, time_unit_days: float
) -> IntArray:
    """The least number of days with at least that chance."""
    low, high = np.zeros(pairs.T.size, dtype=np.int64), np.full(pairs.T.size, REACH_DAYS)
    while (high - low > 1).any():
        middle = (low + high) // 2
        is_enough = _come_by(settings, pairs, np.maximum(middle, 1), time_unit_days) >= chance
        low, high = np.where(is_enough, low, middle), np.where(is_enough, middle, high)
    return high
