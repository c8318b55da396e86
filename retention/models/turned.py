"""A surface by other coordinates."""

from __future__ import annotations

from retention.models.history import FloatArray
from retention.models.surface import Surface


def turned(surface: Surface, axes: FloatArray) -> Surface:
    """The same surface by other coordinates, of which the old ones are linear functions.

    Examples
    --------
    >>> import numpy as np
    >>> by_x = Surface(0.0, np.array([3.0]), np.array([[5.0]]))
    >>> turned(by_x, np.array([[2.0]])).hessian.tolist()
    [[20.0]]
    """
    value, gradient, hessian = surface
    return Surface(value, axes.T @ gradient, axes.T @ hessian @ axes)
