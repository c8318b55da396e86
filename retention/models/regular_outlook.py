"""What MBG/CNBD-k says about customers with a given history: alive, orders ahead.

Given that a customer is active, and how many events the silence hides, the stream of events goes on at
the rate's posterior; every k-th of them is an order, if the customer has not left at one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.special import expit, logsumexp

from retention.models.dropout import Dropout
from retention.models.history import FloatArray, History, IntArray
from retention.models.outlook import Outlook, new_customer
from retention.models.purchase_rate import PurchaseRate
from retention.models.regular_likelihood import hidden_events

# Orders that come with less than this chance change no sum.
NOTHING = 1e-11
# At a time: some 4 MB a working array.
CELLS = 500_000
# A discount factor beyond which an unlimited horizon adds nothing.
FALL = 30.0
_X, _W = np.polynomial.legendre.leggauss(16)
POINTS, WEIGHTS = (_X + 1) / 2, _W / 2


@dataclass(frozen=True)
class RegularBehaviour:
    """The rate of events of which every k-th is an order, and the dropout at each purchase."""

    rate: PurchaseRate
    dropout: Dropout
    k: int

    minds_silence: ClassVar[bool] = True

    def p_alive(self, history: History) -> FloatArray:
        """Chance to be active at age T."""
        x, m = self.k * history.frequency, history.frequency + 1
        active = logsumexp(self._stages(history), axis=0) + self.dropout.log_survived(m)
        gone = self.rate.log_moment(x, history.recency) + self.dropout.log_left(m)
        possible = np.isfinite(active) | np.isfinite(gone)
        odds = np.subtract(active, gone, out=np.full(active.shape, -np.inf), where=possible)
        return np.asarray(expit(odds))

    def outlook(self, history: History, *, horizon: float) -> Outlook:
        """The three numbers of each history, for a horizon in the history's unit of time."""
        alive = self.p_alive(history)
        some = self.at_least(
            np.ones_like(history.frequency), frequency=history.frequency,
            recency=history.recency, T=history.T, horizon=horizon,
        )  # fmt: skip
        return Outlook(
            p_alive=alive,
            p_order=alive * some,
            expected_orders=alive * self._orders(history, horizon),
        )

    def p_alive_ahead(self, history: History, *, horizon: float) -> FloatArray:
        """Chance to be active a horizon after T: each order may have been the last one."""
        left = np.zeros(history.T.size)
        m = history.frequency + 1
        for n, rows, chance in self._counts(history, horizon):
            # Of those who made an order and were active before it, some leave at it.
            now, then = self._survived(m[rows, None], n), self._survived(m[rows, None], n - 1)
            stayed = np.divide(now, then, out=np.ones_like(now), where=then > 0)
            left[rows] += (chance * (1.0 - stayed)).sum(axis=1)
        return np.asarray(self.p_alive(history) * (1.0 - left))

    def discounted_orders(self, history: History, *, horizon: float, delta: float) -> FloatArray:
        """Orders within the horizon, each worth exp(-delta u) when it comes after a time u."""
        end = min(horizon, FALL / delta) if delta else horizon
        total = np.exp(-delta * end) * self._orders(history, end)
        for point, weight in zip(POINTS, WEIGHTS, strict=True):
            # Denser at the beginning, where frequent buyers leave.
            u, width = end * point**2, 2.0 * end * point
            total += delta * weight * width * np.exp(-delta * u) * self._orders(history, u)
        return np.asarray(self.p_alive(history) * total)

    def at_least(
        self,
        n: IntArray,
        *,
        frequency: IntArray,
        recency: FloatArray,
        T: FloatArray,
        horizon: float | FloatArray,
    ) -> FloatArray:
        """P(at least n orders within the horizon) of customers active at age T, for n above 0."""
        past = History(frequency, recency, T, np.ones(1), np.empty(0, dtype=np.int64))
        stages = self._stages(past)
        share = np.exp(stages - logsumexp(stages, axis=0))
        tail = sum(
            share[j] * self.rate.at_least_after(n * self.k - j, self.k * frequency + j, T, horizon)
            for j in range(self.k)
        )
        return np.asarray(tail * self._survived(frequency + 1, n - 1))

    def count_chances(self, *, horizon: float, most: int) -> FloatArray:
        """Chances that a new customer makes 0, 1, ... `most` repeat orders within the horizon."""
        new, n = new_customer(), np.arange(1, most + 2)
        zero = np.zeros(1)
        tail = self.at_least(n, frequency=new.frequency, recency=zero, T=zero, horizon=horizon)
        at_least = np.concatenate([[1.0], self.p_alive(new)[0] * tail])
        return np.asarray(at_least[:-1] - at_least[1:])

    def _stages(self, history: History) -> FloatArray:
        """Log weight of each number of events that the silence may hide (first axis)."""
        stage = np.arange(self.k).reshape(-1, *[1] * history.T.ndim)
        events = self.k * history.frequency + stage
        return self.rate.log_moment(events, history.T) + hidden_events(history, self.k)

    def _survived(self, m: IntArray, n: IntArray | int) -> FloatArray:
        """E[(1 - p)^n] of customers who have survived m chances."""
        before, later = self.dropout.log_survived(m), self.dropout.log_survived(m + n)
        shape = np.broadcast_shapes(before.shape, later.shape)
        return np.exp(np.subtract(later, before, out=np.zeros(shape), where=before > -np.inf))

    def _orders(self, history: History, u: float) -> FloatArray:
        """Expected orders within a time u of customers who are active."""
        orders = np.zeros(history.T.size)
        for _, rows, chance in self._counts(history, u):
            orders[rows] += chance.sum(axis=1)
        return orders

    def _counts(
        self, history: History, u: float
    ) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
        """P(at least n orders within u) of active customers (rows) for n = 1, 2, ... (columns).

        A block of counts at a time, ever wider, of the customers for whom they matter.
        """
        rows, first, width = np.arange(history.T.size), 1, 4
        while rows.size:
            n = np.arange(first, first + width)[None, :]
            ends = []
            for part in np.array_split(rows, -(-rows.size * width // CELLS)):
                chance = self.at_least(
                    n, frequency=history.frequency[part, None],
                    recency=history.recency[part, None], T=history.T[part, None], horizon=u,
                )  # fmt: skip
                yield n, part, chance
                ends.append(chance[:, -1] > NOTHING)
            rows, first, width = rows[np.concatenate(ends)], first + width, min(2 * width, 256)
