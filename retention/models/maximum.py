"""The maximum of a log-likelihood, and whether it is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from retention.models.history import FloatArray
from retention.models.surface import Surface

# A Newton step that could still add more than this to the total log-likelihood: not converged.
TOLERANCE = 1e-6
# Coordinates are logarithms: exp(12) is far beyond what data can tell from infinity.
EDGE = 12.0
# Below this, one more step is the last: it squares what is left, so nobody need look from there.
SETTLED = 1e-11
# Steps are no longer than this at first, and the search ends where they would have to be shorter.
LONGEST, SHORTEST = 2.0, 1e-6
STEPS = 100

Objective = Callable[[FloatArray], Surface]


@dataclass(frozen=True, eq=False)
class Maximum:
    """Where the search ended: the place, value, slope and curvature, and what a step could add."""

    coordinates: FloatArray
    value: float
    gradient: FloatArray
    hessian: FloatArray
    decrement: float

    @property
    def is_converged(self) -> bool:
        """A peak inside the search box, from which Newton has nothing more to add."""
        return (
            _is_inside(self.coordinates)
            and bool(np.isfinite(self.value))
            and 0.0 <= self.decrement < TOLERANCE
        )

    def covariance(self) -> FloatArray:
        """Inverse of minus the Hessian, by the coordinates."""
        return np.linalg.inv(-self.hessian)


def find_maximum(objective: Objective, start: FloatArray, *, enough: float = 0.0) -> Maximum:
    """Climb by Newton steps in a box, each no longer than what has proved right so far.

    Where the surface is not a peak yet, the step follows it up along every axis of its curvature.

    Parameters
    ----------
    objective
        Total log-likelihood, gradient and Hessian at a point.
    start
        Where to begin; empty where nothing is free.
    enough
        A Newton decrement at which to stop, where the peak need not be known to ten digits.

    Returns
    -------
    Maximum
        Converged or not: the caller decides what that means.
    """
    best, longest = curvature(objective, start), LONGEST
    for _ in range(STEPS):
        step = _ascent(best)
        length = float(np.linalg.norm(step))
        if not np.isfinite(best.value) or length == 0.0 or 0.0 <= best.decrement <= enough:
            break
        if 0.0 <= best.decrement <= SETTLED and _is_inside(best.coordinates + step):
            return replace(best, coordinates=best.coordinates + step)
        step *= min(1.0, longest / length)
        tried = curvature(objective, np.clip(best.coordinates + step, -EDGE, EDGE))
        if _is_better(tried, best):
            best, longest = tried, max(longest, 2.0 * min(length, longest))
        elif best.decrement < TOLERANCE or (longest := min(length, longest) / 4) < SHORTEST:
            break
    return best


def curvature(objective: Objective, point: FloatArray) -> Maximum:
    """Value, gradient, Hessian and Newton decrement at a point."""
    value, gradient, hessian = objective(point)
    return Maximum(point, value, gradient, hessian, _decrement(gradient, hessian))


def _decrement(gradient: FloatArray, hessian: FloatArray) -> float:
    """What a full Newton step would add; infinite where the surface is no peak."""
    if not gradient.size:
        return 0.0
    try:
        half = np.linalg.solve(np.linalg.cholesky(-hessian), gradient)
    except np.linalg.LinAlgError:
        return np.inf
    return float(half @ half / 2)


def _ascent(best: Maximum) -> FloatArray:
    """The Newton step over the coordinates that can still move up within the box."""
    point, gradient = best.coordinates, best.gradient
    free = (np.abs(point) < EDGE) | (np.sign(gradient) != np.sign(point))
    step = np.zeros(point.size)
    if not free.any() or not np.isfinite(gradient).all():
        return step
    bends, axes = np.linalg.eigh(-best.hessian[np.ix_(free, free)])
    # Along an axis without curvature only the length of the step bounds it.
    flat = np.abs(bends).max() * 1e-14 + np.finfo(float).tiny
    step[free] = axes @ (axes.T @ gradient[free] / np.maximum(np.abs(bends), flat))
    return step


def _is_better(tried: Maximum, best: Maximum) -> bool:
    """Higher, or, where the value no longer resolves a step, closer to the peak."""
    if best.decrement < TOLERANCE:
        return tried.decrement < best.decrement
    return tried.value > best.value


def _is_inside(point: FloatArray) -> bool:
    return bool((np.abs(point) < EDGE).all())
