"""What a fitted rate and dropout say about customers with a given history: alive, orders ahead.

Given that a customer is still active, rate and dropout are independent, and the orders ahead are a
count that stops at each order with chance p. Its mean over a time u is the expectation of
(1 - exp(-rate p u)) / p: exact in time and in the rate, a sum over points in p. The closed form
(a hypergeometric function over a - 1) breaks at a = 1 and for frequent buyers; this does not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.special import expit, logsumexp

from retention.models.departures import FALL, departures
from retention.models.dropout import Dropout
from retention.models.history import FloatArray, History, IntArray
from retention.models.over_ages import over_ages
from retention.models.purchase_rate import PurchaseRate

# Rows at a time: a working array of 1 MB stays in the cache.
CHUNK = 1024
# Up to this, a discount is a small correction of the sum, and few points give it to ten digits.
SMALL = 0.5
FEW_POINTS, MANY_POINTS = 12, 64


@dataclass(frozen=True, eq=False)
class Outlook:
    """Per distinct history: still active, at least one order, and orders within the horizon."""

    p_alive: FloatArray
    p_order: FloatArray
    expected_orders: FloatArray


@dataclass(frozen=True)
class Behaviour:
    """A rate, a dropout, and whether the first purchase is already a chance to leave (0 or 1)."""

    minds_silence: ClassVar[bool] = False

    rate: PurchaseRate
    dropout: Dropout
    first_chances: int

    def p_alive(self, history: History) -> FloatArray:
        """Chance to be active at age T."""
        x = history.frequency
        m = x + self.first_chances
        active = self.rate.log_moment(x, history.T) + self.dropout.log_survived(m)
        gone = self.rate.log_moment(x, history.recency) + self.dropout.log_left(m)
        # Where a limit rules the history out altogether, the customer has outlived the model's end.
        possible = np.isfinite(active) | np.isfinite(gone)
        odds = np.subtract(active, gone, out=np.full(active.shape, -np.inf), where=possible)
        return np.asarray(expit(odds))

    def outlook(self, history: History, *, horizon: float) -> Outlook:
        """The three numbers of each history, for a horizon in the history's unit of time."""
        alive = self.p_alive(history)
        none = self.rate.log_no_order(history.frequency, history.T, np.array(horizon))
        return Outlook(
            p_alive=alive,
            p_order=alive * -np.expm1(none),
            expected_orders=alive * self._orders_if_active(history, horizon, delta=0.0),
        )

    def p_alive_ahead(self, history: History, *, horizon: float) -> FloatArray:
        """Chance to be active a horizon after T: an order on the way may have been the last."""

        def log_stays(x: IntArray, T: FloatArray, p: FloatArray, weight: FloatArray) -> FloatArray:
            log_none = self.rate.log_no_order(x, T, p * horizon)
            return np.asarray(logsumexp(log_none, b=weight, axis=1))

        return np.asarray(self.p_alive(history) * np.exp(self._over_ages(log_stays, history)))

    def discounted_orders(self, history: History, *, horizon: float, delta: float) -> FloatArray:
        """Orders within the horizon, each worth exp(-delta u) when it comes after a time u.

        The horizon may be infinite where delta is above 0.
        """
        orders = self._orders_if_active(history, horizon, delta=delta)
        return np.asarray(self.p_alive(history) * orders)

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

        They come if n orders would come from a customer who never leaves, and the first n - 1 did
        not make this one leave.
        """
        m = frequency + self.first_chances
        before = self.dropout.log_survived(m)
        later = self.dropout.log_survived(m + n - 1)
        # Where nobody can be active, anything may be said of those who are.
        stayed = np.exp(
            np.subtract(later, before, out=np.zeros(later.shape), where=before > -np.inf)
        )
        return np.asarray(stayed * self.rate.at_least_after(n, frequency, T, horizon))

    def count_chances(self, *, horizon: float, most: int) -> FloatArray:
        """Chances that a new customer makes 0, 1, ... `most` repeat orders within the horizon."""
        new = new_customer()
        alive = self.p_alive(new)[0]
        n = np.arange(most + 1)
        m = np.array([self.first_chances])
        survived = np.exp(self.dropout.log_survived(n + m) - self.dropout.log_survived(m))
        left = np.exp(self.dropout.log_left(n[1:] + m) - self.dropout.log_survived(m))
        chances = survived * self._never_leaving(n, horizon)
        chances[1:] += left * self.rate.at_least(n[1:], horizon)
        chances *= alive
        chances[0] += 1.0 - alive
        return np.asarray(chances)

    def _never_leaving(self, n: IntArray, horizon: float) -> FloatArray:
        """P(n orders by the horizon) of a new customer who does not leave."""
        log_factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n.size)))))
        log_moment = self.rate.log_moment(n, np.full(n.size, float(horizon)))
        return np.asarray(np.exp(log_moment + n * np.log(horizon) - log_factorials))

    def _orders_if_active(self, history: History, horizon: float, *, delta: float) -> FloatArray:
        """Expected orders of each history, were the customer active for sure."""

        def log_orders(x: IntArray, T: FloatArray, p: FloatArray, weight: FloatArray) -> FloatArray:
            return np.log(self._discounted(x, T, p, weight, horizon=horizon, delta=delta))

        return np.asarray(np.exp(self._over_ages(log_orders, history)))

    def _discounted(
        self,
        x: IntArray,
        T: FloatArray,
        p: FloatArray,
        weight: FloatArray,
        *,
        horizon: float,
        delta: float,
    ) -> FloatArray:
        """By parts: the count at the end, and delta times the integral of the count so far.

        Points in time are denser at the beginning, where frequent buyers leave.
        """
        each = -weight / p

        def count(u: FloatArray | float) -> FloatArray:
            bought = np.expm1(self.rate.log_no_order(x, T, p * u))
            return np.asarray(np.einsum("rp,rp->r", each, bought))

        if delta == 0.0:
            return count(horizon)
        end = min(horizon, FALL / delta)
        total = np.exp(-delta * end) * count(end)
        pace = 1.0 / self.rate.usual_gap(x[:, 0], T[:, 0])
        points = FEW_POINTS if delta * end < SMALL else MANY_POINTS
        at = departures(np.zeros(pace.size), np.full(pace.size, end), 1.0 / pace, points=points)
        for u, log_width in zip(at.age, at.log_width, strict=True):
            total += delta * np.exp(log_width - delta * u) * count(u[:, None])
        return np.asarray(total)

    def _over_ages(self, function: Callable[..., FloatArray], history: History) -> FloatArray:
        """A function of frequency, age, and the chances to leave with their weights, by history."""
        offset = float(self.rate.turn(np.zeros(1))[0])

        def by_chance(x: IntArray, T: FloatArray) -> FloatArray:
            m, row = np.unique(x + self.first_chances, return_inverse=True)
            points, weights = self.dropout.nodes(m)
            found = np.empty(T.size)
            for start in range(0, T.size, CHUNK):
                part = slice(start, start + CHUNK)
                chances = points[row[part]], weights[row[part]]
                found[part] = function(x[part, None], T[part, None], *chances)
            return found

        return over_ages(by_chance, history.frequency, history.T, offset=offset)


def new_customer() -> History:
    """The history of somebody who has just bought for the first time."""
    zero = np.zeros(1)
    whole = np.zeros(1, dtype=np.int64)
    return History(frequency=whole, recency=zero, T=zero, customers=np.ones(1), row=whole)
