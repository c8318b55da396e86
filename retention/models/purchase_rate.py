"""How often customers buy while they are active: rates that differ (gamma), or one rate for all.

Both answer the same questions, so that the likelihood and the predictions need no case for either.
Coordinates are those of the search: unbounded, and such that one of them runs to its end when the
other family is the limit while the rest stay where they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from scipy.special import betainc, gammainc

from retention.models.count_tails import is_count_row, summed_tails
from retention.models.history import FloatArray, IntArray
from retention.models.partial_sums import partial_sums
from retention.models.surface import Ways

# Beyond this, exp overflows.
MOST = 690.0


class PurchaseRate(Protocol):
    """A distribution of purchase rates over customers."""

    names: ClassVar[tuple[str, ...]]

    @property
    def family(self) -> str:
        """Short name, kept in files."""

    def coordinates(self) -> FloatArray:
        """Where this rate lies in the search."""

    def jacobian(self) -> FloatArray:
        """Derivatives of the parameters (rows) by the coordinates (columns)."""

    def in_unit(self, divisor: float) -> PurchaseRate:
        """The same rate with time counted in units `divisor` times as short."""

    def log_moment(self, x: IntArray, t: FloatArray) -> FloatArray:
        """Log of E[rate^x exp(-rate t)]."""

    def ways(self, x: IntArray, t: FloatArray) -> Ways:
        """`log_moment` with its derivatives, a row for each row of t."""

    def log_no_order(self, x: IntArray, T: FloatArray, u: FloatArray) -> FloatArray:
        """Log of E[exp(-rate u)], given x purchases by age T of a customer still active."""

    def usual_gap(self, x: IntArray, T: FloatArray) -> FloatArray:
        """One over the expected rate, given x purchases by age T."""

    def at_least(self, n: IntArray, u: float | FloatArray) -> FloatArray:
        """P(at least n purchases by u) of a new customer who never leaves, for n above 0."""

    def at_least_after(
        self, n: IntArray, x: IntArray, T: FloatArray, u: float | FloatArray
    ) -> FloatArray:
        """The same within u from age T on, after x purchases by then; all may be arrays."""

    def turn(self, T: FloatArray) -> FloatArray:
        """Time after age T for which silence says little about the rate."""

    def reach(self, x: IntArray, y: FloatArray, fall: float) -> FloatArray:
        """Time after y within which `log_moment` falls by so much, or more."""


@dataclass(frozen=True)
class GammaRate:
    """Customers differ: rates are gamma distributed with shape `r` and mean r / alpha."""

    r: float
    alpha: float
    family: ClassVar[str] = "gamma"
    names: ClassVar[tuple[str, ...]] = ("r", "alpha")

    @classmethod
    def at(cls, coordinates: FloatArray) -> GammaRate:
        """The rate at (log of the mean rate, log r)."""
        mean, shape = np.exp(coordinates)
        return cls(r=float(shape), alpha=float(shape / mean))

    def coordinates(self) -> FloatArray:
        """Log of the mean rate, log r: r grows without end where everyone is alike."""
        return np.log([self.r / self.alpha, self.r])

    def jacobian(self) -> FloatArray:
        """Derivatives of (r, alpha) by the coordinates."""
        return np.array([[0.0, self.r], [-self.alpha, self.alpha]])

    def in_unit(self, divisor: float) -> GammaRate:
        """The same rate with time counted in units `divisor` times as short."""
        return GammaRate(self.r, self.alpha * divisor)

    def log_moment(self, x: IntArray, t: FloatArray) -> FloatArray:
        """Log of E[rate^x exp(-rate t)].

        The rising factorial is summed term by term: differences of log-gammas lose every digit
        where r is large.
        """
        rising = partial_sums(np.log1p(np.arange(x.max()) / self.r), x)
        mean = self.r / self.alpha
        moment: FloatArray = rising + x * np.log(mean) - (self.r + x) * np.log1p(t / self.alpha)
        return moment

    def ways(self, x: IntArray, t: FloatArray) -> Ways:
        """`log_moment` with its derivatives by the log of the mean rate and by log r."""
        j = np.arange(x.max())
        part = t / (self.alpha + t)
        later = np.log1p(t / self.alpha)
        pull = (self.r + x) * part
        shape = partial_sums(j / (self.r + j), x)
        bend = partial_sums(j * self.r / (self.r + j) ** 2, x)
        rising = partial_sums(np.log1p(j / self.r), x)
        rest = pull * (1.0 - part)
        return Ways(
            rising + x * np.log(self.r / self.alpha) - (self.r + x) * later,
            [x - pull, pull - shape - self.r * later],
            {
                (0, 0): -rest,
                (0, 1): rest - self.r * part,
                (1, 1): bend - self.r * (later - 2.0 * part) - rest,
            },
        )

    def log_no_order(self, x: IntArray, T: FloatArray, u: FloatArray) -> FloatArray:
        """Log of E[exp(-rate u)] under the rate's posterior, gamma(r + x, alpha + T)."""
        return -(self.r + x) * np.log1p(u / (self.alpha + T))

    def usual_gap(self, x: IntArray, T: FloatArray) -> FloatArray:
        """(T + alpha) / (r + x)."""
        return (T + self.alpha) / (self.r + x)

    def at_least(self, n: IntArray, u: float | FloatArray) -> FloatArray:
        """Tail of the negative binomial count."""
        return np.asarray(betainc(n, self.r, u / (self.alpha + u)))

    def at_least_after(
        self, n: IntArray, x: IntArray, T: FloatArray, u: float | FloatArray
    ) -> FloatArray:
        """The same under the rate's posterior, gamma(r + x, alpha + T)."""
        r, share = self.r + x, u / (self.alpha + T + u)
        if is_count_row(n):
            return summed_tails(n.shape[1], r, share)
        return np.asarray(betainc(n, r, share))

    def turn(self, T: FloatArray) -> FloatArray:
        """Alpha + T."""
        return self.alpha + T

    def reach(self, x: IntArray, y: FloatArray, fall: float) -> FloatArray:
        """A power r + x of alpha + y, one of which is left for the integral beyond."""
        power = np.maximum(self.r + x - 1.0, fall / MOST)
        return np.asarray((self.alpha + y) * np.expm1(fall / power))


@dataclass(frozen=True)
class SameRate:
    """Everyone is alike: one `rate`, the limit r, alpha -> infinity with r / alpha fixed."""

    rate: float
    family: ClassVar[str] = "same"
    names: ClassVar[tuple[str, ...]] = ("rate",)

    @classmethod
    def at(cls, coordinates: FloatArray) -> SameRate:
        """The rate at (log rate,)."""
        return cls(rate=float(np.exp(coordinates[0])))

    def coordinates(self) -> FloatArray:
        """Log of the rate."""
        return np.log([self.rate])

    def jacobian(self) -> FloatArray:
        """Derivative of the rate by its log."""
        return np.array([[self.rate]])

    def in_unit(self, divisor: float) -> SameRate:
        """The same rate with time counted in units `divisor` times as short."""
        return SameRate(self.rate / divisor)

    def log_moment(self, x: IntArray, t: FloatArray) -> FloatArray:
        """Log of rate^x exp(-rate t)."""
        return np.asarray(x * np.log(self.rate) - self.rate * t)

    def ways(self, x: IntArray, t: FloatArray) -> Ways:
        """`log_moment` with its derivatives by the log of the rate."""
        return Ways(self.log_moment(x, t), [x - self.rate * t], {(0, 0): -self.rate * t})

    def log_no_order(self, x: IntArray, T: FloatArray, u: FloatArray) -> FloatArray:
        """Minus rate times u, whatever the customer's past."""
        return np.broadcast_to(-self.rate * u, np.broadcast_shapes(x.shape, T.shape, np.shape(u)))

    def usual_gap(self, x: IntArray, T: FloatArray) -> FloatArray:
        """One over the rate, for everyone."""
        return np.full(np.broadcast_shapes(x.shape, T.shape), 1.0 / self.rate)

    def at_least(self, n: IntArray, u: float | FloatArray) -> FloatArray:
        """Tail of the Poisson count."""
        return np.asarray(gammainc(n, self.rate * u))

    def at_least_after(
        self, n: IntArray, x: IntArray, T: FloatArray, u: float | FloatArray
    ) -> FloatArray:
        """The same, whatever the past."""
        return np.broadcast_to(self.at_least(n, u), np.broadcast_shapes(n.shape, x.shape, T.shape))

    def turn(self, T: FloatArray) -> FloatArray:
        """The mean time between purchases, whatever the age."""
        return np.full(T.shape, 1.0 / self.rate)

    def reach(self, _x: IntArray, y: FloatArray, fall: float) -> FloatArray:
        """An exponential falls evenly, however many purchases there were."""
        return np.full(y.shape, fall / self.rate)
