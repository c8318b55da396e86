"""How amounts differ within and between customers: the Gamma-Gamma distribution and its limits.

The amounts of one customer are gamma distributed with shape p and a rate of the customer's own; the
rates are gamma distributed over customers with shape q. Coordinates are such that one of them runs
to its end, the others staying, where a limit holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from scipy.special import betaln, digamma, gammaln

from retention.models.history import SAMPLE, FloatArray


@dataclass(frozen=True, eq=False)
class Amounts:
    """Distinct (paid days, their mean amount), and how many customers share each."""

    days: FloatArray
    value: FloatArray
    customers: FloatArray

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

    def log_likelihood(self, amounts: Amounts) -> tuple[float, FloatArray]:
        """Total log-likelihood, and its derivatives by the coordinates."""

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

    def log_likelihood(self, amounts: Amounts) -> tuple[float, FloatArray]:
        """Total log-likelihood; beta functions instead of three log-gammas, which cancel."""
        shape, w = self.p * amounts.days, amounts.customers
        z = amounts.days * amounts.value / self.gamma
        each = shape * np.log(z) - (shape + self.q) * np.log1p(z)
        each -= betaln(shape, self.q) + np.log(amounts.value)
        both = digamma(shape + self.q)
        by_p = shape * (both - digamma(shape) - np.log1p(1 / z))
        by_q = self.q * (both - digamma(self.q) - np.log1p(z))
        by_gamma = (shape + self.q) * z / (1 + z) - shape
        gradient = np.array([w @ (by_p - by_gamma), w @ (by_q + by_gamma), w @ by_gamma])
        return float(w @ each), gradient

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

    def log_likelihood(self, amounts: Amounts) -> tuple[float, FloatArray]:
        """Total log-likelihood of gamma distributed means."""
        shape, w = self.p * amounts.days, amounts.customers
        z = amounts.value / self.mean
        each = shape * (np.log(shape * z) - z) - gammaln(shape) - np.log(amounts.value)
        by_p = shape * (np.log(shape * z) + 1 - digamma(shape) - z)
        return float(w @ each), np.array([w @ by_p, w @ (shape * (z - 1))])

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

    def log_likelihood(self, amounts: Amounts) -> tuple[float, FloatArray]:
        """Total log-likelihood of inverse gamma distributed means."""
        w, z = amounts.customers, self.scale / amounts.value
        each = self.q * np.log(z) - gammaln(self.q) - np.log(amounts.value) - z
        by_q = self.q * (np.log(z) - digamma(self.q))
        by_scale = self.q - z
        return float(w @ each), np.array([w @ (by_q + by_scale), w @ by_scale])

    def population_mean(self) -> float:
        """Scale / (q - 1), infinite where q is at most 1."""
        return self.scale / (self.q - 1) if self.q > 1 else np.inf

    def conditional_mean(self, days: FloatArray, value: FloatArray) -> FloatArray:
        """The customer's own amount, or the population's mean where there is none."""
        return np.where(days > 0, value, self.population_mean())
