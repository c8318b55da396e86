"""A forecast of a count: its mean, and how likely each number is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import betainc, gammainc

from retention.models.history import FloatArray, History, IntArray
from retention.models.setting import Setting, count_tail


class CountForecast(Protocol):
    """One forecast for each of many customers."""

    @property
    def expected(self) -> FloatArray:
        """The mean count."""

    def at_least(self, counts: IntArray) -> FloatArray:
        """P(at least so many), one count for each forecast."""


@dataclass(frozen=True, eq=False)
class ModelCounts:
    """What a fitted order model says, the doubt about its parameters included."""

    expected: FloatArray
    settings: Sequence[Setting]
    history: History
    horizon: float

    def at_least(self, counts: IntArray) -> FloatArray:
        """P(at least so many), of customers who may have left."""
        return count_tail(self.settings, self.history, counts, horizon=self.horizon)


@dataclass(frozen=True, eq=False)
class NegativeBinomialCounts:
    """Means above 0 and one shape; an infinite shape is the Poisson distribution.

    Examples
    --------
    >>> forecast = NegativeBinomialCounts(np.array([1.0, 2.0]), np.inf)
    >>> forecast.at_least(np.array([0, 1])).round(4)
    array([1.    , 0.8647])
    """

    expected: FloatArray
    shape: float

    def at_least(self, counts: IntArray) -> FloatArray:
        """P(at least so many)."""
        n = np.maximum(counts, 1)
        if np.isinf(self.shape):
            tail = gammainc(n, self.expected)
        else:
            tail = betainc(n, self.shape, self.expected / (self.shape + self.expected))
        return np.asarray(np.where(counts > 0, tail, 1.0))
