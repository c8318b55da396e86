"""When a customer may have left: points in time between two ages, and how much each stands for."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from retention.models.history import FloatArray

POINTS = 24
# A wider range on that scale takes as many points for each such part of it.
WIDEST = 8.0
# What has fallen by this on a log scale no longer counts in double precision.
FALL = 40.0
# So that the logarithm of no time at all is no infinity.
NO_TIME = 1e-300


class Departures(NamedTuple):
    """Ages, a row a point and a column a customer, and the log of the time that each stands for."""

    age: FloatArray
    log_width: FloatArray


def departures(
    since: FloatArray, until: FloatArray, turn: FloatArray, *, points: int = POINTS
) -> Departures:
    """Gauss-Legendre points in log(turn + age).

    On that scale powers of (alpha + age) and (beta + age) are smooth wherever `turn` is no larger
    than alpha and beta, so that few points are as good as exact.

    Examples
    --------
    >>> found = departures(np.zeros(1), np.ones(1), np.array([0.5]))
    >>> round(float((found.age**2 * np.exp(found.log_width)).sum()), 12)
    0.333333333333
    """
    x, weight = _rule(points)
    start = turn + since
    span = np.log1p((until - since) / start)
    parts = max(1, int(np.ceil(span.max(initial=0.0) / WIDEST)))
    x, weight = (x + 1.0) / 2.0 + np.arange(parts)[:, None], np.tile(weight / 2.0, parts)
    shape = (-1, *(1,) * np.ndim(since))
    x, weight = x.reshape(shape) / parts, weight.reshape(shape) / parts
    grown = span * x
    age = since + start * np.expm1(grown)
    log_width = np.log(np.maximum(span * start, NO_TIME)) + np.log(weight) + grown
    return Departures(age, log_width)


@cache
def _rule(points: int) -> tuple[FloatArray, FloatArray]:
    return np.polynomial.legendre.leggauss(points)
