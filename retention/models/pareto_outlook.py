"""What Pareto/NBD says about customers with a given history: alive, orders ahead.

Given that a customer is still active, rate and hazard are independent, each with a posterior of its
own kind. Integrals run over the time at which the customer leaves, as in the likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from scipy.special import expit, gammaln

from retention.models.attrition import Attrition
from retention.models.chunks import chunks
from retention.models.departures import FALL, departures
from retention.models.gone import gone_by
from retention.models.history import FloatArray, History, IntArray
from retention.models.outlook import Outlook
from retention.models.points_needed import points_needed
from retention.models.purchase_rate import PurchaseRate
from retention.models.tails_over_ages import tails_over_ages

# Chances of counts rest on one customer: there the number of points costs nothing.
MANY_POINTS = 400


@dataclass(frozen=True)
class ParetoBehaviour:
    """A rate and a hazard to leave."""

    minds_silence: ClassVar[bool] = False

    rate: PurchaseRate
    leaving: Attrition

    def p_alive(self, history: History) -> FloatArray:
        """Chance to be active at age T."""
        odds = np.empty(history.T.size)
        for rows, points in chunks(history, points_needed(self.rate, self.leaving, history)):
            odds[rows] = self._log_odds(history.part(rows), points=points)
        return np.asarray(expit(odds))

    def outlook(self, history: History, *, horizon: float) -> Outlook:
        """The three numbers of each history, for a horizon in the history's unit of time."""
        alive, x, T = self.p_alive(history), history.frequency, history.T
        some = self.at_least(
            np.ones(1, dtype=np.int64), frequency=x, recency=T, T=T, horizon=horizon
        )
        lasting = self.leaving.later(T).lasting(np.asarray(horizon))
        return Outlook(
            p_alive=alive,
            p_order=alive * some,
            expected_orders=alive * lasting / self.rate.usual_gap(x, T),
        )

    def p_alive_ahead(self, history: History, *, horizon: float) -> FloatArray:
        """Chance to be active a horizon after T."""
        stays = np.exp(self.leaving.later(history.T).log_survived(np.asarray(horizon)))
        return np.asarray(self.p_alive(history) * stays)

    def discounted_orders(self, history: History, *, horizon: float, delta: float) -> FloatArray:
        """Orders within the horizon, each worth exp(-delta u) when it comes after a time u."""
        ages, row = np.unique(history.T, return_inverse=True)
        ahead = self.leaving.later(ages)
        start = np.zeros(ages.shape)
        reach = np.minimum(horizon, ahead.reach(start, FALL))
        if delta > 0.0:
            reach = np.minimum(reach, FALL / delta)
        turn = np.minimum(self.leaving.turn(ages), 1.0 / delta if delta else np.inf)
        at = departures(start, reach, turn)
        worth = np.exp(at.log_width + ahead.log_survived(at.age) - delta * at.age).sum(axis=0)
        pace = 1.0 / self.rate.usual_gap(history.frequency, history.T)
        return np.asarray(self.p_alive(history) * pace * worth[row])

    def at_least(
        self,
        n: IntArray,
        *,
        frequency: IntArray,
        recency: FloatArray,  # noqa: ARG002
        T: FloatArray,
        horizon: float | FloatArray,
    ) -> FloatArray:
        """P(at least n orders within the horizon) of customers active at age T, for n above 0.

        They come before the customer leaves within the horizon, or before its end.
        """
        if np.ndim(horizon):
            return self._tail(n, frequency, T, horizon=horizon)
        zero = np.zeros(1)
        offset = float(np.minimum(self.rate.turn(zero), self.leaving.turn(zero))[0])
        tail = partial(self._tail, horizon=horizon)
        return tails_over_ages(tail, n, frequency, T, offset=offset)

    def _tail(
        self, n: IntArray, frequency: IntArray, T: FloatArray, *, horizon: float | FloatArray
    ) -> FloatArray:
        """`at_least`, row by row."""
        ahead = self.leaving.later(T)
        end = np.broadcast_to(np.asarray(horizon, dtype=np.float64), T.shape)
        turn = np.minimum(self.rate.turn(T), self.leaving.turn(T))
        at = departures(np.zeros(T.shape), end, turn)
        stays = np.exp(ahead.log_survived(end))
        found = stays * self.rate.at_least_after(n, frequency, T, end)
        for age, log_width in zip(at.age, at.log_width, strict=True):
            left = np.exp(log_width + ahead.log_left(age))
            found = found + left * self.rate.at_least_after(n, frequency, T, age)
        return np.asarray(found)

    def count_chances(self, *, horizon: float, most: int) -> FloatArray:
        """Chances that a new customer makes 0, 1, ... `most` repeat orders within the horizon."""
        n = np.arange(most + 1)
        end = np.array([horizon])
        new = np.zeros(1)
        turn = np.minimum(self.rate.turn(new), self.leaving.turn(new))
        at = departures(new, end, turn, points=MANY_POINTS)
        age = np.concatenate([end, at.age[:, 0]])
        stayed_or_left = np.concatenate(
            [self.leaving.log_survived(end), (at.log_width + self.leaving.log_left(at.age))[:, 0]]
        )
        bought = self.rate.log_moment(n, age[:, None]) + n * np.log(age[:, None]) - gammaln(n + 1.0)
        return np.asarray(np.exp(stayed_or_left[:, None] + bought).sum(axis=0))

    def _log_odds(self, history: History, *, points: int) -> FloatArray:
        """Log of the odds that the customer is active rather than gone."""
        gone = gone_by(self.rate, self.leaving, history, points=points)
        left = self.rate.log_moment(history.frequency, gone.age) + gone.log_chance
        active = self.rate.log_moment(history.frequency, history.T)
        active = active + self.leaving.log_survived(history.T)
        return np.asarray(active - np.logaddexp.reduce(left, axis=0))
