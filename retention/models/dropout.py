"""Whether customers leave for good at a purchase: chances that differ between customers (beta).

A customer who has had m chances to leave has survived them all, or left at the m-th. The families
in `dropout_limits.py` answer the same questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from scipy.special import expit, log_expit

from retention.models.history import FloatArray, IntArray
from retention.models.partial_sums import partial_sums
from retention.models.surface import Ways

# Points of the rule below, and how far its tails reach: exp(-40) is nothing in double precision.
NODES = 104
TAIL = 40.0
# Chances below this leave expected orders unchanged to the last digit, and do not underflow.
SMALLEST = 1e-200


class Dropout(Protocol):
    """A distribution over customers of the chance to leave at a purchase."""

    names: ClassVar[tuple[str, ...]]

    @property
    def family(self) -> str:
        """Short name, kept in files."""

    def coordinates(self) -> FloatArray:
        """Where this dropout lies in the search."""

    def jacobian(self) -> FloatArray:
        """Derivatives of the parameters (rows) by the coordinates (columns)."""

    def mean(self) -> float:
        """Mean chance to leave."""

    def log_survived(self, m: IntArray, /) -> FloatArray:
        """Log of E[(1 - p)^m]."""

    def log_left(self, m: IntArray, /) -> FloatArray:
        """Log of E[p (1 - p)^(m - 1)]; minus infinity for m = 0."""

    def ways(self, m: IntArray, /) -> Ways:
        """`log_survived` and `log_left` with their derivatives, 0 where minus infinity."""

    def nodes(self, m: IntArray, /) -> tuple[FloatArray, FloatArray]:
        """Points p and weights (one row per m) of p's distribution after m survived chances."""


@dataclass(frozen=True)
class BetaDropout:
    """Customers differ: chances to leave are beta distributed with mean a / (a + b)."""

    a: float
    b: float
    family: ClassVar[str] = "beta"
    names: ClassVar[tuple[str, ...]] = ("a", "b")

    @classmethod
    def at(cls, coordinates: FloatArray) -> BetaDropout:
        """The dropout at (log a / b, log a + b)."""
        odds, total = coordinates
        return cls(
            a=float(np.exp(total + log_expit(odds))), b=float(np.exp(total + log_expit(-odds)))
        )

    def coordinates(self) -> FloatArray:
        """Log odds of the mean, log of a + b: each runs off where a limit holds."""
        return np.log([self.a / self.b, self.a + self.b])

    def jacobian(self) -> FloatArray:
        """Derivatives of (a, b) by the coordinates."""
        product = self.a * self.b / (self.a + self.b)
        return np.array([[product, self.a], [-product, self.b]])

    def mean(self) -> float:
        """Mean chance to leave."""
        return self.a / (self.a + self.b)

    def log_survived(self, m: IntArray) -> FloatArray:
        """Log of B(a, b + m) / B(a, b), summed term by term."""
        j = np.arange(m.max(initial=0))
        return partial_sums(np.log((self.b + j) / (self.a + self.b + j)), m)

    def log_left(self, m: IntArray) -> FloatArray:
        """Log of B(a + 1, b + m - 1) / B(a, b)."""
        last = self.b + np.maximum(m, 1) - 1
        return np.where(m > 0, self.log_survived(m) + np.log(self.a / last), -np.inf)

    def ways(self, m: IntArray) -> Ways:
        """Both with their derivatives by the log odds and by the log of a + b."""
        total, share = self.a + self.b, self.b / (self.a + self.b)
        j, pull = np.arange(m.max()), self.a * share
        once, both = self.b + j, (self.b + j) * (total + j)
        odds = -pull * partial_sums(1.0 / once, m)
        spread = -self.a * partial_sums(j / both, m)
        bend_odds = odds * (2.0 * share - 1.0) - pull**2 * partial_sums(once**-2.0, m)
        bend_both = -pull * partial_sums(j / once**2, m)
        bend_spread = self.a * partial_sums(j * (total * self.b - j**2) / both**2, m)
        earlier, is_chance = np.maximum(m, 1) - 1.0, m > 0
        last = self.b + earlier
        left = {
            "odds": share + pull / last,
            "spread": earlier / last,
            "bend_odds": pull * (2.0 * share - 1.0) / last + (pull / last) ** 2 - pull / total,
            "bend_both": pull * earlier / last**2,
            "bend_spread": -self.b * earlier / last**2,
        }

        def rows(survived: FloatArray, name: str) -> FloatArray:
            return np.stack([survived, np.where(is_chance, survived + left[name], 0.0)])

        return Ways(
            np.stack([self.log_survived(m), self.log_left(m)]),
            [rows(odds, "odds"), rows(spread, "spread")],
            {
                (0, 0): rows(bend_odds, "bend_odds"),
                (0, 1): rows(bend_both, "bend_both"),
                (1, 1): rows(bend_spread, "bend_spread"),
            },
        )

    def nodes(self, m: IntArray) -> tuple[FloatArray, FloatArray]:
        """Trapezoids in tau with logit p = centre + width sinh(tau).

        Both tails decay doubly exponentially in tau, so that equal steps are as good as exact for
        any a and b: near 0, in the thousands, with the mass at the ends or in the middle.
        """
        a, b = self.a, (self.b + m)[:, None]
        a_bulk, b_bulk = max(a, 1.0), np.maximum(b, 1.0)
        width = np.sqrt(1.0 / a_bulk + 1.0 / b_bulk)
        left = np.arcsinh(TAIL / (width * min(a, 1.0)))
        right = np.arcsinh(TAIL / (width * np.minimum(b, 1.0)))
        tau = -left + (left + right) * np.linspace(0.0, 1.0, NODES)
        logit = np.log(a_bulk / b_bulk) + width * np.sinh(tau)
        log_weight = a * log_expit(logit) + b * log_expit(-logit) + np.log(np.cosh(tau))
        weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
        return np.maximum(expit(logit), SMALLEST), weight / weight.sum(axis=1, keepdims=True)
