"""Chances of counts at many ages, calculated at few of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from retention.models.history import FloatArray, IntArray
from retention.models.over_ages import over_ages

# Smaller chances are taken as this: their logarithm must exist.
LEAST = 1e-290


def tails_over_ages(
    tail: Callable[[IntArray, IntArray, FloatArray], FloatArray],
    n: IntArray,
    x: IntArray,
    T: FloatArray,
    *,
    offset: float,
) -> FloatArray:
    """A chance by count, frequency and age, all three broadcast against each other.

    Parameters
    ----------
    tail
        Of counts, frequencies and ages, row by row; smooth in log(offset + age).
    n, x, T
        Counts, frequencies and ages.
    offset
        As in `over_ages`.

    Returns
    -------
    numpy.ndarray
        The chances, in the common shape.

    Examples
    --------
    >>> ages = np.linspace(0.0, 400.0, 500)[:, None]
    >>> counts = np.arange(1, 4)[None, :]
    >>> found = tails_over_ages(
    ...     lambda n, x, T: (9.0 / (9.0 + T)) ** n, counts, np.array([[0]]), ages, offset=9.0
    ... )
    >>> bool(np.allclose(found, (9.0 / (9.0 + ages)) ** counts, rtol=1e-9))
    True
    """
    counts, frequencies, ages = np.broadcast_arrays(n, x, T)
    width = int(counts.max(initial=0)) + 1
    pairs, pair = np.unique((frequencies * width + counts).ravel(), return_inverse=True)

    def log_tail(place: IntArray, age: FloatArray) -> FloatArray:
        count, frequency = pairs[place] % width, pairs[place] // width
        return np.log(np.maximum(tail(count, frequency, age), LEAST))

    log_chances = over_ages(log_tail, pair, ages.ravel().astype(np.float64), offset=offset)
    return np.exp(np.minimum(log_chances, 0.0)).reshape(counts.shape)
