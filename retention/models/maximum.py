"""The maximum of a log-likelihood, and whether it is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from retention.models.history import FloatArray

# A Newton step that could still add more than this to the total log-likelihood: not converged.
TOLERANCE = 1e-6
# Coordinates are logarithms: exp(12) is far beyond what data can tell from infinity.
EDGE = 12.0
# Below this, steps are rounding: estimates are the same to ten digits however they were reached.
FINEST = 1e-20
STEP = 1e-4
# A step with an older Hessian is worth it while it takes the decrement down by this factor.
FAR_CLOSER = 100.0
NEWTON_STEPS = 30

Objective = Callable[[FloatArray], tuple[float, FloatArray]]


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


def find_maximum(
    objective: Objective, weight: float, start: FloatArray, *, is_near: bool = False
) -> Maximum:
    """Climb with a truncated Newton method in a box, then polish with the whole Hessian.

    L-BFGS-B climbs as well, but its threaded algebra on four numbers stalls on a busy machine.

    Parameters
    ----------
    objective
        Total log-likelihood and gradient at a point.
    weight
        Number of customers: the climb runs on the mean, so that its tolerances fit any table.
    start
        Where to begin; empty where nothing is free.
    is_near
        The start lies close to the peak, where polishing is enough, if it is a peak at all.

    Returns
    -------
    Maximum
        Converged or not: the caller decides what that means.
    """
    if is_near and (found := _polish(objective, start)).is_converged:
        return found
    return _polish(objective, _climb(objective, start, weight))


def _climb(objective: Objective, start: FloatArray, weight: float) -> FloatArray:
    if not start.size:
        return start
    found = minimize(
        _mean_loss(objective, weight),
        start,
        jac=True,
        method="TNC",
        bounds=[(-EDGE, EDGE)] * start.size,
        options={"maxfun": 500, "ftol": 1e-11, "gtol": 1e-6},
    )
    return np.asarray(found.x)


def curvature(objective: Objective, point: FloatArray) -> Maximum:
    """Value, Hessian (central differences of the gradient) and Newton decrement at a point."""
    value, gradient = objective(point)
    steps = STEP * np.eye(point.size)
    rows = [objective(point + h)[1] - objective(point - h)[1] for h in steps]
    hessian = np.array(rows).reshape(point.size, point.size) / (2 * STEP)
    hessian = (hessian + hessian.T) / 2
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


def _mean_loss(objective: Objective, weight: float) -> Objective:
    """Minus the mean log-likelihood; where that is undefined, a wall the line search backs off."""

    def loss(point: FloatArray) -> tuple[float, FloatArray]:
        value, gradient = objective(point)
        return (-value / weight, -gradient / weight) if np.isfinite(value) else (1e10, gradient)

    return loss


def _polish(objective: Objective, point: FloatArray) -> Maximum:
    """Newton steps until rounding is all that is left."""
    best = curvature(objective, point)
    for _ in range(NEWTON_STEPS):
        if not FINEST < best.decrement < np.inf:
            break
        best, before = _glide(objective, best), best
        if best is not before:
            # The slope is from here, the curvature still from where the glide began.
            best = curvature(objective, best.coordinates)
            continue
        moved = _closer(objective, best)
        if moved is None:
            break
        best = moved
    return best


def _glide(objective: Objective, best: Maximum) -> Maximum:
    """Steps with one Hessian, each a gradient only, for as long as they lead far closer."""
    while best.decrement > FINEST:
        point = best.coordinates + np.linalg.solve(-best.hessian, best.gradient)
        value, gradient = objective(point) if _is_inside(point) else (-np.inf, best.gradient)
        decrement = _decrement(gradient, best.hessian)
        if not np.isfinite(value) or decrement > best.decrement / FAR_CLOSER:
            return best
        best = replace(best, coordinates=point, value=value, gradient=gradient, decrement=decrement)
    return best


def _is_inside(point: FloatArray) -> bool:
    return bool((np.abs(point) < EDGE).all())


def _closer(objective: Objective, best: Maximum) -> Maximum | None:
    """The full step or a part of it, if it leads up.

    Near the peak the value no longer resolves a step; there the decrement has to shrink.
    """
    full = np.linalg.solve(-best.hessian, best.gradient)
    if best.decrement < TOLERANCE:
        moved = curvature(objective, np.clip(best.coordinates + full, -EDGE, EDGE))
        return moved if moved.decrement < best.decrement else None
    for half in range(8):
        point = np.clip(best.coordinates + full / 2**half, -EDGE, EDGE)
        if objective(point)[0] > best.value:
            return curvature(objective, point)
    return None
