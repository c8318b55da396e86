"""Whether customers leave for good at any time: hazards that differ (gamma), or one hazard for all.

In Pareto/NBD each customer leaves at a constant hazard of the customer's own, whatever is bought.
Coordinates rest on the hazard of one unit of the search's time, which is about the customers' mean
age: one of them runs to its end when a limit holds while the rest stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from scipy.special import exprel

from retention.models.history import FloatArray
from retention.models.surface import Ways

# Beyond this, exp overflows: by then some customers leave at once, and the others never.
MOST = 690.0


class Attrition(Protocol):
    """A distribution over customers of the hazard to leave."""

    names: ClassVar[tuple[str, ...]]

    @property
    def family(self) -> str:
        """Short name, kept in files."""

    def turn(self, T: FloatArray) -> FloatArray:
        """Time after age T for which the hazard hardly falls."""

    def coordinates(self) -> FloatArray:
        """Where this attrition lies in the search."""

    def jacobian(self) -> FloatArray:
        """Derivatives of the parameters (rows) by the coordinates (columns)."""

    def in_unit(self, divisor: float) -> Attrition:
        """The same attrition with time counted in units `divisor` times as short."""

    def log_survived(self, y: FloatArray) -> FloatArray:
        """Log of the chance to be active at age y."""

    def log_left(self, y: FloatArray) -> FloatArray:
        """Log of the density of leaving at age y."""

    def ways(self, T: FloatArray, y: FloatArray) -> Ways:
        """`log_survived` at T, then `log_left` at each row of y, with their derivatives."""

    def reach(self, y: FloatArray, fall: float) -> FloatArray:
        """Time after y within which the density falls by so much on a log scale, or more."""

    def later(self, T: FloatArray) -> Attrition:
        """What is ahead of customers still active at age T, counted from there."""

    def lasting(self, u: FloatArray) -> FloatArray:
        """Expected time until leaving, cut off at u."""


@dataclass(frozen=True)
class GammaAttrition:
    """Customers differ: hazards are gamma distributed with shape `s` and mean s / beta."""

    s: float
    beta: float
    family: ClassVar[str] = "gamma"
    names: ClassVar[tuple[str, ...]] = ("s", "beta")

    @classmethod
    def at(cls, coordinates: FloatArray) -> GammaAttrition:
        """The attrition at (log of -log P(active at age 1), log s)."""
        hazard, shape = coordinates
        excess = np.exp(min(hazard - shape, np.log(MOST)))
        return cls(s=float(np.exp(shape)), beta=float(1.0 / np.expm1(excess)))

    def turn(self, T: FloatArray) -> FloatArray:
        """Beta + T."""
        return self.beta + T

    def coordinates(self) -> FloatArray:
        """Log of the cumulative hazard of one unit of time, log s."""
        return np.log([self.s * np.log1p(1.0 / self.beta), self.s])

    def jacobian(self) -> FloatArray:
        """Derivatives of (s, beta) by the coordinates."""
        pull = self.beta * self._pull
        return np.array([[0.0, self.s], [-pull, pull]])

    def in_unit(self, divisor: float) -> GammaAttrition:
        """The same attrition with time counted in units `divisor` times as short."""
        return GammaAttrition(self.s, self.beta * divisor)

    def log_survived(self, y: FloatArray) -> FloatArray:
        """Minus s log(1 + y / beta)."""
        return np.asarray(-self.s * np.log1p(y / self.beta))

    def log_left(self, y: FloatArray) -> FloatArray:
        """Density of the Pareto distribution."""
        return np.asarray(np.log(self.s / self.beta) - (self.s + 1.0) * np.log1p(y / self.beta))

    def ways(self, T: FloatArray, y: FloatArray) -> Ways:
        """By s and beta first, then by the coordinates through the chain rule."""
        age = np.concatenate([T[None], y])
        leaving = np.ones((len(age), 1))
        leaving[0] = 0.0
        part, later = age / (self.beta + age), self.s * np.log1p(age / self.beta)
        power = self.s + leaving
        value = leaving * np.log(self.s / self.beta) - power / self.s * later
        by_s, by_beta = leaving - later, power * part - leaving
        bend, both = -power * part * (1.0 - part), self.s * part
        g = self._pull
        turning = g * (1.0 + np.log1p(1.0 / self.beta) - g) * by_beta
        pulled = g * (both + g * bend)
        return Ways(
            value,
            [-g * by_beta, by_s + g * by_beta],
            {
                (0, 0): g * g * bend - turning,
                (0, 1): turning - pulled,
                (1, 1): pulled - turning - later + g * both,
            },
        )

    @property
    def _pull(self) -> float:
        """Derivative of log beta by log s, less that by the first coordinate."""
        return float((1.0 + self.beta) * np.log1p(1.0 / self.beta))

    def reach(self, y: FloatArray, fall: float) -> FloatArray:
        """The density falls at least like a power s of beta + y."""
        return np.asarray((self.beta + y) * np.expm1(min(fall / self.s, MOST)))

    def later(self, T: FloatArray) -> Attrition:
        """Gamma again; of arrays, with arrays for parameters."""
        return GammaAttrition(self.s, self.beta + T)  # type: ignore[arg-type]

    def lasting(self, u: FloatArray) -> FloatArray:
        """Integral of (1 + w / beta)^-s, without a gap at s = 1."""
        later = np.log1p(u / self.beta)
        return np.asarray(self.beta * later * exprel((1.0 - self.s) * later))


@dataclass(frozen=True)
class SameAttrition:
    """One hazard `mu` for everyone: the limit s, beta -> infinity with s / beta fixed."""

    mu: float
    family: ClassVar[str] = "same"
    names: ClassVar[tuple[str, ...]] = ("mu",)

    @classmethod
    def at(cls, coordinates: FloatArray) -> SameAttrition:
        """The attrition at (log mu,)."""
        return cls(mu=float(np.exp(coordinates[0])))

    def turn(self, T: FloatArray) -> FloatArray:
        """The mean time until leaving, whatever the age: beyond it, few are left."""
        return np.full(T.shape, 1.0 / self.mu)

    def coordinates(self) -> FloatArray:
        """Log of the hazard."""
        return np.log([self.mu])

    def jacobian(self) -> FloatArray:
        """Derivative of the hazard by its log."""
        return np.array([[self.mu]])

    def in_unit(self, divisor: float) -> SameAttrition:
        """The same attrition with time counted in units `divisor` times as short."""
        return SameAttrition(self.mu / divisor)

    def log_survived(self, y: FloatArray) -> FloatArray:
        """Minus mu y."""
        return -self.mu * y

    def log_left(self, y: FloatArray) -> FloatArray:
        """Density of the exponential distribution."""
        return np.asarray(np.log(self.mu) - self.mu * y)

    def ways(self, T: FloatArray, y: FloatArray) -> Ways:
        """Both with their derivatives by the log of the hazard."""
        later = self.mu * np.concatenate([T[None], y])
        leaving = np.ones((len(later), 1))
        leaving[0] = 0.0
        return Ways(leaving * np.log(self.mu) - later, [leaving - later], {(0, 0): -later})

    def reach(self, y: FloatArray, fall: float) -> FloatArray:
        """An exponential falls evenly."""
        return np.full(y.shape, fall / self.mu)

    def later(self, _T: FloatArray) -> Attrition:
        """The same hazard, whatever the age."""
        return self

    def lasting(self, u: FloatArray) -> FloatArray:
        """(1 - exp(-mu u)) / mu."""
        return np.asarray(-np.expm1(-self.mu * u) / self.mu)
