"""Sums over customers."""

from __future__ import annotations

import numpy as np

from retention.models.history import FloatArray


def weighted(customers: FloatArray, each: FloatArray) -> float:
    """The sum over customers; BLAS would start threads for it, which wait for each other.

    Examples
    --------
    >>> weighted(np.array([2.0, 1.0]), np.array([5.0, 7.0]))
    17.0
    """
    return float(np.einsum("n,n->", customers, each))
