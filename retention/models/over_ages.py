"""What depends smoothly on a customer's age, calculated at few ages and read off at all others."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from retention.models.history import FloatArray, IntArray

# How far interpolation may be off, as a power of e: eleven digits stay right.
FINE = 26.0


def over_ages(
    function: Callable[[IntArray, FloatArray], FloatArray],
    x: IntArray,
    T: FloatArray,
    *,
    offset: float,
) -> FloatArray:
    """A function of frequency and age, which is smooth in log(offset + age), at each row.

    Each frequency with many ages is calculated at Chebyshev points between the youngest and the
    oldest, and read off in between; the rest is calculated as it is. So a million customers take
    no longer than some thousand.

    Parameters
    ----------
    function
        Of arrays of frequencies and ages, row by row; of what is above 0, the logarithm.
    x, T
        Frequencies and ages, one pair a row.
    offset
        Above 0. The function has no pole but at ages of -offset and below.

    Returns
    -------
    numpy.ndarray
        The function at each row.

    Examples
    --------
    >>> x, T = np.repeat([0, 3], 500), np.tile(np.linspace(0.0, 400.0, 500), 2)
    >>> found = over_ages(lambda x, T: np.log((1 + x) / (9 + T)), x, T, offset=9.0)
    >>> bool(np.allclose(np.exp(found), (1 + x) / (9 + T), rtol=1e-10))
    True
    """
    distinct, row = _distinct_pairs(x, T)
    x, T = x[distinct], T[distinct]
    place = np.log(offset + T)
    frequencies, group, size = np.unique(x, return_inverse=True, return_counts=True)
    starts = np.cumsum(size) - size
    low, high = place[starts], place[starts + size - 1]
    points = _enough(float((high - low).max()))
    is_many = size > points
    many = is_many[group]
    found = np.empty(T.size)
    found[~many] = function(x[~many], T[~many])
    if many.any():
        curves = _Curves(low[is_many], high[is_many], points)
        known = function(np.repeat(frequencies[is_many], points), np.exp(curves.places()) - offset)
        curve = (np.cumsum(is_many) - 1)[group[many]]
        found[many] = curves.read_off(known, curve, place[many])
    return found[row]


def _distinct_pairs(x: IntArray, T: FloatArray) -> tuple[IntArray, IntArray]:
    """First row of each pair, sorted by frequency and age; and the pair of each row."""
    age, ages = pd.factorize(T, sort=True)
    row, _ = pd.factorize(x * len(ages) + age, sort=True)
    first = np.empty(row.max() + 1, dtype=np.int64)
    first[row[::-1]] = np.arange(row.size)[::-1]
    return first, row


def _enough(width: float) -> int:
    """Chebyshev points for a function that is smooth within pi / 2 of the real line."""
    if width == 0.0:
        return 1
    ratio = np.pi / width
    return int(np.ceil(FINE / np.log(ratio + np.hypot(1.0, ratio))))


class _Curves(NamedTuple):
    """One curve for each pair of ends, known at Chebyshev points between them."""

    low: FloatArray
    high: FloatArray
    points: int

    def places(self) -> FloatArray:
        """Where the curves are to be known, one after the other."""
        middle, half = (self.high + self.low) / 2, (self.high - self.low) / 2
        return np.asarray((middle[:, None] + half[:, None] * np.cos(self._angles())).ravel())

    def read_off(self, known: FloatArray, curve: IntArray, place: FloatArray) -> FloatArray:
        """What each row's curve is at the row's place."""
        powers = np.arange(self.points)
        basis = np.cos(np.outer(self._angles(), powers)) * 2.0 / self.points
        basis[:, 0] /= 2.0
        terms = np.einsum("cp,pk->ck", known.reshape(-1, self.points), basis)
        middle, half = (self.high + self.low)[curve] / 2, (self.high - self.low)[curve] / 2
        angle = np.arccos(np.clip((place - middle) / half, -1.0, 1.0))
        return np.asarray(np.einsum("rk,rk->r", np.cos(angle[:, None] * powers), terms[curve]))

    def _angles(self) -> FloatArray:
        return (np.arange(self.points) + 0.5) * np.pi / self.points
