"""How amounts differ within and between customers: the Gamma-Gamma distribution and its limits.

The amounts of one customer are gamma distributed with shape p and a rate of the customer's own; the
rates are gamma distributed over customers with shape q. Coordinates are such that one of them runs
to its end, the others staying, where a limit holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Protocol

import numpy as np
from scipy.special import betaln, digamma, gammaln, polygamma

from retention.models.history import SAMPLE, FloatArray, IntArray
from retention.models.surface import Surface
from retention.models.turned import turned
from retention.models.weighted import weighted

# Logs of (p, q, gamma) by the coordinates (log p, log q, log of p gamma / q).
LEVEL = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [-1.0, 1.0, 1.0]])


@dataclass(frozen=True, eq=False)
class Amounts:
    """Distinct (paid days, their mean amount), and how many customers share each."""

    days: FloatArray
    value: FloatArray
    customers: FloatArray

    def by_days(self, function: Callable[[FloatArray], FloatArray]) -> FloatArray:
        """A function of the days alone, calculated once for each number of days."""
        distinct, row = self._distinct_days
        return function(distinct)[row]

    @cached_property
    def _distinct_days(self) -> tuple[FloatArray, IntArray]:
        distinct, row = np.unique(self.days, return_inverse=True)
        return distinct, row

    def sample(self) -> Amounts | None:
        """Every so-many-th row, for a first search; None where there are few."""
        every = self.value.size // SAMPLE
        if every < 2:
            return None
        kept = slice(every // 2, None, every)
        return Amounts(self.days[kept], self.value[kept], self.customers[kept])


class Spend(Protocol):
    """A distribution of amounts over purchase days and customers."""

    names: ClassVar[tuple[str, ...]]
    family: ClassVar[str]

    def jacobian(self) -> FloatArray:
        """Derivatives of the parameters (rows) by the coordinates (columns)."""

    def in_unit(self, divisor: float) -> Spend:
        """The same amounts counted in units `divisor` times as small."""

    def log_likelihood(self, amounts: Amounts) -> Surface:
        """Total log-likelihood, gradient and Hessian by the coordinates."""

    def population_mean(self) -> float:
        """Expected amount of a customer of whom nothing is known; infinite for heavy tails."""

    def conditional_mean(self, days: FloatArray, value: FloatArray) -> FloatArray:
        """Expected amount of a customer with `days` paid days of mean `value`."""


@dataclass(frozen=True)
class GammaSpend:
    """Customers differ, and so do the amounts of one customer."""

    p: float
    q: float
    gamma: float
    names: ClassVar[tuple[str, ...]] = ("p", "q", "gamma")
    family: ClassVar[str] = "gamma"

    @classmethod
    def at(cls, coordinates: FloatArray) -> GammaSpend:
        """The distribution at (log p, log q, log of p gamma / q)."""
        p, q, level = np.exp(coordinates)
        return cls(p=float(p), q=float(q), gamma=float(level * q / p))

    def coordinates(self) -> FloatArray:
        """Where this distribution lies in the search."""
        return np.log([self.p, self.q, self.p * self.gamma / self.q])

    def jacobian(self) -> FloatArray:
        """Derivatives of (p, q, gamma) by the coordinates."""
        return np.array([[self.p, 0, 0], [0, self.q, 0], [-self.gamma, self.gamma, self.gamma]])

    def in_unit(self, divisor: float) -> GammaSpend:
        """The same amounts counted in units `divisor` times as small."""
        return GammaSpend(self.p, self.q, self.gamma * divisor)

    def log_likelihood(self, amounts: Amounts) -> Surface:
        """Total log-likelihood; beta functions instead of three log-gammas, which cancel.

        Derivatives are by the logs of p, q and gamma first, then by the coordinates.
        """
        p, q, w = self.p, self.q, amounts.customers
        shape = p * amounts.days
        z = amounts.days * amounts.value / self.gamma
        part, more, less = z / (1 + z), np.log1p(z), np.log1p(1 / z)
        beta = amounts.by_days(lambda days: betaln(p * days, q))
        both = amounts.by_days(lambda days: digamma(p * days + q))
        own = amounts.by_days(lambda days: digamma(p * days))
        bend_both = amounts.by_days(lambda days: polygamma(1, p * days + q))
        bend_own = amounts.by_days(lambda days: polygamma(1, p * days))
        by_p, by_q = shape * (both - own - less), q * (both - digamma(q) - more)
        by_gamma = (shape + q) * part - shape
        value = weighted(w, -shape * less - q * more - beta - np.log(amounts.value))
        pp = weighted(w, by_p + shape**2 * (bend_both - bend_own))
        qq = weighted(w, by_q + q**2 * (bend_both - polygamma(1, q)))
        pq, p_gamma = weighted(w, shape * q * bend_both), -weighted(w, shape * (1 - part))
        q_gamma, twice = q * weighted(w, part), -weighted(w, (shape + q) * part * (1 - part))
        gradient = np.array([weighted(w, each) for each in (by_p, by_q, by_gamma)])
        hessian = np.array([[pp, pq, p_gamma], [pq, qq, q_gamma], [p_gamma, q_gamma, twice]])
        return turned(Surface(value, gradient, hessian), LEVEL)

    def population_mean(self) -> float:
        """The mean p gamma / (q - 1), infinite where q is at most 1."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else np.inf

    def conditional_mean(self, days: FloatArray, value: FloatArray) -> FloatArray:
        """The mean p (gamma + days value) / (p days + q - 1)."""
        rest = self.p * days + self.q - 1
        top = self.p * (self.gamma + days * value)
        return np.where(rest > 0, top / np.where(rest > 0, rest, 1.0), np.inf)


@dataclass(frozen=True)
class AlikeSpend:
    """Customers are alike, only amounts differ: the limit q -> infinity."""

    p: float
    mean: float
    names: ClassVar[tuple[str, ...]] = ("p", "mean")
    family: ClassVar[str] = "alike"

    @classmethod
    def at(cls, coordinates: FloatArray) -> AlikeSpend:
        """The distribution at (log p, log mean)."""
        p, mean = np.exp(coordinates)
        return cls(p=float(p), mean=float(mean))

    def jacobian(self) -> FloatArray:
        """Derivatives of (p, mean) by the coordinates."""
        return np.diag([self.p, self.mean])

    def in_unit(self, divisor: float) -> AlikeSpend:
        """The same amounts counted in units `divisor` times as small."""
        return AlikeSpend(self.p, self.mean * divisor)

    def log_likelihood(self, amounts: Amounts) -> Surface:
        """Total log-likelihood of gamma distributed means."""
        p, w = self.p, amounts.customers
        shape, z = p * amounts.days, amounts.value / self.mean
        each = shape * (np.log(shape * z) - z) - np.log(amounts.value)
        each -= amounts.by_days(lambda days: gammaln(p * days))
        by_p = shape * (np.log(shape * z) + 1 - z)
        by_p -= shape * amounts.by_days(lambda days: digamma(p * days))
        bend = shape**2 * amounts.by_days(lambda days: polygamma(1, p * days))
        by_mean = weighted(w, shape * (z - 1))
        hessian = np.array(
            [[weighted(w, by_p + shape - bend), by_mean], [by_mean, -weighted(w, shape * z)]]
        )
        return Surface(weighted(w, each), np.array([weighted(w, by_p), by_mean]), hessian)

    def population_mean(self) -> float:
        """The one mean."""
        return self.mean

    def conditional_mean(self, days: FloatArray, value: FloatArray) -> FloatArray:
        """The one mean, for everyone."""
        return np.full(np.broadcast_shapes(days.shape, value.shape), self.mean)


@dataclass(frozen=True)
class SteadySpend:
    """Each customer always spends the same, customers differ: the limit p -> infinity."""

    q: float
    scale: float
    names: ClassVar[tuple[str, ...]] = ("q", "scale")
    family: ClassVar[str] = "steady"

    @classmethod
    def at(cls, coordinates: FloatArray) -> SteadySpend:
        """The distribution at (log q, log of scale / q)."""
        q, level = np.exp(coordinates)
        return cls(q=float(q), scale=float(level * q))

    def jacobian(self) -> FloatArray:
        """Derivatives of (q, scale) by the coordinates."""
        return np.array([[self.q, 0.0], [self.scale, self.scale]])

    def in_unit(self, divisor: float) -> SteadySpend:
        """The same amounts counted in units `divisor` times as small."""
        return SteadySpend(self.q, self.scale * divisor)

    def log_likelihood(self, amounts: Amounts) -> Surface:
        """Total log-likelihood of inverse gamma distributed means."""
        q, w, z = self.q, amounts.customers, self.scale / amounts.value
        each = q * np.log(z) - gammaln(q) - np.log(amounts.value) - z
        by_q, by_scale = weighted(w, q * (np.log(z) - digamma(q))), weighted(w, z)
        total = q * w.sum()
        hessian = np.array([[by_q - total * q * polygamma(1, q), total], [total, -by_scale]])
        gradient = np.array([by_q, total - by_scale])
        return turned(
            Surface(weighted(w, each), gradient, hessian), np.array([[1.0, 0], [1.0, 1.0]])
        )

    def population_mean(self) -> float:
        """Scale / (q - 1), infinite where q is at most 1."""
        return self.scale / (self.q - 1) if self.q > 1 else np.inf

    def conditional_mean(self, days: FloatArray, value: FloatArray) -> FloatArray:
        """The customer's own amount, or the population's mean where there is none."""
        return np.where(days > 0, value, self.population_mean())
