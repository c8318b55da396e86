"""A log-likelihood at one place: its value, its slope and its curvature, all exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from retention.models.history import FloatArray
from retention.models.weighted import weighted


class Surface(NamedTuple):
    """Total log-likelihood, gradient and Hessian by the coordinates of the search."""

    value: float
    gradient: FloatArray
    hessian: FloatArray


class Ways(NamedTuple):
    """Ways in which each history can have come about: one row a way, one column a history.

    The logarithm of each way's likelihood, its derivatives by each coordinate, and the second ones by
    each pair (i, j) of coordinates with i <= j; pairs without an entry are 0.
    """

    value: FloatArray
    gradient: Sequence[FloatArray]
    hessian: Mapping[tuple[int, int], FloatArray]


def mixture(ways: Ways, customers: FloatArray) -> Surface:
    """The log of the sum of the ways, summed over histories that so many customers share.

    Its second derivatives are the mean of those of the ways, and the spread of their slopes.

    Examples
    --------
    >>> ways = Ways(np.log([[1.0], [3.0]]), [np.array([[0.0], [4.0]])], {})
    >>> value, gradient, hessian = mixture(ways, np.array([2.0]))
    >>> round(value, 3), gradient.tolist(), hessian.tolist()
    (2.773, [6.0], [[6.0]])
    """
    size = len(ways.gradient)
    top = ways.value.max(axis=0)
    if not np.isfinite(top).all():
        return Surface(-np.inf, np.zeros(size), np.zeros((size, size)))
    share = np.exp(ways.value - top)
    total = share.sum(axis=0)
    share *= customers / total
    mean = [np.einsum("wn,wn->n", share, slope) for slope in ways.gradient]
    hessian = np.zeros((size, size))
    for i in range(size):
        pulled = share * ways.gradient[i]
        for j in range(i, size):
            bend = np.einsum("wn,wn->", pulled, ways.gradient[j])
            bend -= np.einsum("n,n,n->", mean[i], mean[j], 1.0 / customers)
            if (i, j) in ways.hessian:
                bend += np.einsum("wn,wn->", share, ways.hessian[i, j])
            hessian[i, j] = hessian[j, i] = bend
    gradient = np.array([slope.sum() for slope in mean])
    return Surface(weighted(customers, top + np.log(total)), gradient, hessian)


def complement(ways: Ways) -> Ways:
    """The log of one less the chance of which the log is given, with its derivatives.

    Examples
    --------
    >>> half = Ways(np.log([[0.5]]), [np.array([[1.0]])], {})
    >>> complement(half).gradient[0].tolist()
    [[-1.0]]
    """
    odds = np.expm1(-ways.value)
    tiny = np.finfo(float).tiny
    odds = np.maximum(odds, tiny)
    slopes = [slope / odds for slope in ways.gradient]
    size = len(slopes)
    bends = {
        (i, j): -(1.0 + odds) * slopes[i] * slopes[j] for i in range(size) for j in range(i, size)
    }
    for pair, bend in ways.hessian.items():
        bends[pair] = bends[pair] - bend / odds
    value = np.log(np.maximum(-np.expm1(ways.value), tiny))
    return Ways(value, [-slope for slope in slopes], bends)
