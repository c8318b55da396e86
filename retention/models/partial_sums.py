"""Sums of the first terms of a series, looked up by how many terms each customer needs."""

from __future__ import annotations

import numpy as np

from retention.models.history import FloatArray, IntArray


def partial_sums(terms: FloatArray, counts: IntArray) -> FloatArray:
    """The sum of the first `count` terms, for each count.

    Examples
    --------
    >>> partial_sums(np.array([1.0, 10.0, 100.0]), np.array([0, 2, 3]))
    array([  0.,  11., 111.])
    """
    return np.concatenate(([0.0], np.cumsum(terms)))[counts]
