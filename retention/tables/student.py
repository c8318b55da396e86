"""Quantiles of Student's t, without scipy.stats, which takes a fifth of all time to import."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.special import ndtri, stdtrit


def student_quantile(level: float, degrees: Any) -> np.ndarray:
    """Below which value a t of so many degrees of freedom lies with this probability.

    Examples
    --------
    >>> student_quantile(0.975, [4.0, np.inf]).round(3)
    array([2.776, 1.96 ])
    """
    given = np.asarray(degrees, dtype=np.float64)
    is_normal = np.isinf(given)
    found = np.where(is_normal, ndtri(level), stdtrit(np.where(is_normal, 1.0, given), level))
    return np.asarray(found)
