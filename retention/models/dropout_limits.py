"""Dropout where the beta distribution has run to one of its ends, each a model of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.special import expit, logit

from retention.models.dropout import SMALLEST
from retention.models.history import FloatArray, IntArray
from retention.models.surface import Ways


@dataclass(frozen=True)
class SameDropout:
    """One chance to leave for everyone: the limit a + b -> infinity with a / (a + b) fixed."""

    p: float
    family: ClassVar[str] = "same"
    names: ClassVar[tuple[str, ...]] = ("p",)

    @classmethod
    def at(cls, coordinates: FloatArray) -> SameDropout:
        """The dropout at (log odds,)."""
        return cls(p=float(expit(coordinates[0])))

    def coordinates(self) -> FloatArray:
        """Log odds of the chance."""
        return np.array([logit(self.p)])

    def jacobian(self) -> FloatArray:
        """Derivative of the chance by its log odds."""
        return np.array([[self.p * (1.0 - self.p)]])

    def mean(self) -> float:
        """Chance to leave."""
        return self.p

    def log_survived(self, m: IntArray) -> FloatArray:
        """Log of (1 - p)^m."""
        return np.asarray(m * np.log1p(-self.p))

    def log_left(self, m: IntArray) -> FloatArray:
        """Log of p (1 - p)^(m - 1)."""
        return np.where(m > 0, np.log(self.p) + (m - 1) * np.log1p(-self.p), -np.inf)

    def ways(self, m: IntArray) -> Ways:
        """Both with their derivatives by the log odds."""
        bend = -self.p * (1.0 - self.p) * m
        return Ways(
            np.stack([self.log_survived(m), self.log_left(m)]),
            [np.stack([-self.p * m, np.where(m > 0, 1.0 - self.p * m, 0.0)])],
            {(0, 0): np.stack([bend, bend])},
        )

    def nodes(self, m: IntArray) -> tuple[FloatArray, FloatArray]:
        """The one chance, whatever was survived."""
        return np.full((m.size, 1), max(self.p, SMALLEST)), np.ones((m.size, 1))


@dataclass(frozen=True)
class SplitDropout:
    """A share leaves at the first chance, the rest never: the limit a + b -> 0."""

    share: float
    family: ClassVar[str] = "split"
    names: ClassVar[tuple[str, ...]] = ("share",)

    @classmethod
    def at(cls, coordinates: FloatArray) -> SplitDropout:
        """The dropout at (log odds,)."""
        return cls(share=float(expit(coordinates[0])))

    def coordinates(self) -> FloatArray:
        """Log odds of the share."""
        return np.array([logit(self.share)])

    def jacobian(self) -> FloatArray:
        """Derivative of the share by its log odds."""
        return np.array([[self.share * (1.0 - self.share)]])

    def mean(self) -> float:
        """Share that leaves."""
        return self.share

    def log_survived(self, m: IntArray) -> FloatArray:
        """Log of one less the share, once there was a chance."""
        return np.where(m > 0, np.log1p(-self.share), 0.0)

    def log_left(self, m: IntArray) -> FloatArray:
        """Log of the share at the first chance; impossible later."""
        return np.where(m == 1, np.log(self.share), -np.inf)

    def ways(self, m: IntArray) -> Ways:
        """Both with their derivatives by the log odds."""
        survived, left = (m > 0).astype(np.float64), (m == 1).astype(np.float64)
        bend = -self.share * (1.0 - self.share)
        return Ways(
            np.stack([self.log_survived(m), self.log_left(m)]),
            [np.stack([-self.share * survived, (1.0 - self.share) * left])],
            {(0, 0): np.stack([bend * survived, bend * left])},
        )

    def nodes(self, m: IntArray) -> tuple[FloatArray, FloatArray]:
        """Who survived a chance never leaves; before it, the share is still to leave."""
        leaving = np.where(m == 0, self.share, 0.0)
        points = np.tile([SMALLEST, 1.0], (m.size, 1))
        return points, np.column_stack([1.0 - leaving, leaving])


@dataclass(frozen=True)
class SureDropout:
    """No parameter left: nobody ever leaves (p = 0), or everyone does at the first chance (1)."""

    p: float
    names: ClassVar[tuple[str, ...]] = ()

    @property
    def family(self) -> str:
        """Which of the two ends."""
        return "none" if self.p == 0.0 else "all"

    def coordinates(self) -> FloatArray:
        """Nothing to search."""
        return np.empty(0)

    def jacobian(self) -> FloatArray:
        """Nothing to differentiate."""
        return np.empty((0, 0))

    def mean(self) -> float:
        """Chance to leave, 0 or 1."""
        return self.p

    def log_survived(self, m: IntArray) -> FloatArray:
        """0 where surviving is sure, minus infinity where it is impossible."""
        return np.where((m > 0) & (self.p == 1.0), -np.inf, 0.0)

    def log_left(self, m: IntArray) -> FloatArray:
        """0 where leaving at the m-th chance is sure, minus infinity where it is impossible."""
        return np.where((m == 1) & (self.p == 1.0), 0.0, -np.inf)

    def ways(self, m: IntArray) -> Ways:
        """Both; nothing to differentiate."""
        return Ways(np.stack([self.log_survived(m), self.log_left(m)]), [], {})

    def nodes(self, m: IntArray) -> tuple[FloatArray, FloatArray]:
        """The one chance."""
        return np.full((m.size, 1), max(self.p, SMALLEST)), np.ones((m.size, 1))
