"""What a fitted rate and dropout say about customers with a given history: alive, orders ahead.

Given that a customer is still active, rate and dropout are independent, and the orders ahead are a
count that stops at each order with chance p. Its mean over a time u is the expectation of
(1 - exp(-rate p u)) / p: exact in time and in the rate, a sum over points in p. The closed form
(a hypergeometric function over a - 1) breaks at a = 1 and for frequent buyers; this does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from retention.models.dropout import Dropout
from retention.models.history import FloatArray, History, IntArray
from retention.models.purchase_rate import PurchaseRate

# Rows at a time: some 8 MB a working array.
CHUNK = 8192
# The discounted sum needs a small correction only: twelve points give it to nine digits.
_X, _W = np.polynomial.legendre.leggauss(12)
DISCOUNT_POINTS, DISCOUNT_WEIGHTS = (_X + 1) / 2, _W / 2


@dataclass(frozen=True, eq=False)
class Outlook:
    """Per distinct history: still active, at least one order, and orders within the horizon."""

    p_alive: FloatArray
    p_order: FloatArray
    expected_orders: FloatArray


@dataclass(frozen=True)
class Behaviour:
    """A rate, a dropout, and whether the first purchase is already a chance to leave (0 or 1)."""

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
            expected_orders=alive * self._orders(history, np.full(alive.size, horizon)),
        )

    def p_alive_ahead(self, history: History, *, horizon: float) -> FloatArray:
        """Chance to be active a horizon after T: an order may have been the last one."""
        m, row = np.unique(history.frequency + self.first_chances, return_inverse=True)
        points, weights = self.dropout.nodes(m)
        stays = np.empty(history.T.size)
        for start in range(0, history.T.size, CHUNK):
            part = slice(start, start + CHUNK)
            x, age = history.frequency[part, None], history.T[part, None]
            ends = points[row[part]] * horizon
            stays[part] = (weights[row[part]] * np.exp(self.rate.log_no_order(x, age, ends))).sum(1)
        return np.asarray(self.p_alive(history) * stays)

    def discounted_orders(self, history: History, *, horizon: float, delta: float) -> FloatArray:
        """Orders within the horizon, each worth exp(-delta u) when it comes after a time u.

        By parts: the discounted count is the count at the end, discounted in full, and delta times
        the discounted integral of the count so far. Points in time are denser at the beginning,
        where frequent buyers leave.
        """
        pace = 1.0 / self.rate.usual_gap(history.frequency, history.T)
        span = np.log1p(pace * horizon)
        total = np.exp(-delta * horizon) * self._orders(history, np.full(pace.size, horizon))
        for point, weight in zip(DISCOUNT_POINTS, DISCOUNT_WEIGHTS, strict=True):
            u = np.expm1(span * point) / pace
            width = span * np.exp(span * point) / pace
            total += delta * weight * width * np.exp(-delta * u) * self._orders(history, u)
        return np.asarray(self.p_alive(history) * total)

    def at_least(
        self, n: IntArray, *, frequency: IntArray, T: FloatArray, horizon: float
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

    def _orders(self, history: History, u: FloatArray) -> FloatArray:
        """Expected orders within a time u of customers who are active, a chunk at a time."""
        m, row = np.unique(history.frequency + self.first_chances, return_inverse=True)
        points, weights = self.dropout.nodes(m)
        orders = np.empty(u.size)
        for start in range(0, u.size, CHUNK):
            part = slice(start, start + CHUNK)
            p, weight = points[row[part]], weights[row[part]]
            x, age = history.frequency[part, None], history.T[part, None]
            stopped = -np.expm1(self.rate.log_no_order(x, age, p * u[part, None])) / p
            orders[part] = (weight * stopped).sum(axis=1)
        return orders


def new_customer() -> History:
    """The history of somebody who has just bought for the first time."""
    zero = np.zeros(1)
    whole = np.zeros(1, dtype=np.int64)
    return History(frequency=whole, recency=zero, T=zero, customers=np.ones(1), row=whole)
