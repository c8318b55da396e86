"""Parameters around the estimates, equally likely, that stand for the doubt about them."""

from __future__ import annotations

import numpy as np

from retention.models.history import FloatArray
from retention.models.maximum import EDGE


def parameter_points(point: FloatArray, covariance: FloatArray) -> list[FloatArray]:
    """Two points an axis, with the mean and the covariance of the estimates.

    A mean over these points is the mean over a normal distribution of the coordinates, exact for
    polynomials up to the third degree (spherical cubature).

    Parameters
    ----------
    point
        Coordinates of the estimates: logarithms and log odds.
    covariance
        Of the coordinates.

    Returns
    -------
    list of numpy.ndarray
        Twice as many points as coordinates; the estimates alone where nothing was estimated.

    References
    ----------
    Stroud, Secrest (1963), Approximate integration formulas for certain spherically symmetric
    regions, Mathematics of Computation 17 (82), 105-135.

    Examples
    --------
    >>> [p.tolist() for p in parameter_points(np.array([1.0]), np.array([[0.25]]))]
    [[1.5], [0.5]]
    """
    if not point.size:
        return [point]
    values, axes = np.linalg.eigh((covariance + covariance.T) / 2)
    steps = (axes * np.sqrt(np.clip(values, 0.0, None) * point.size)).T
    shifted = [point + sign * step for step in steps for sign in (1.0, -1.0)]
    # Beyond the box of the search, and of what it can start from, a model is at its limit.
    edge = np.maximum(np.abs(point), EDGE)
    return [np.clip(place, -edge, edge) for place in shifted]


def coordinate_covariance(covariance: FloatArray, jacobian: FloatArray) -> FloatArray:
    """The covariance of the coordinates, from that of the parameters.

    Examples
    --------
    >>> coordinate_covariance(np.array([[0.04]]), np.array([[2.0]]))
    array([[0.01]])
    """
    back = np.linalg.inv(jacobian)
    return np.asarray(back @ covariance @ back.T)
