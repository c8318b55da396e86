"""Where the likelihood with one parameter held has fallen so far that it is ruled out."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq

from retention.models.history import FloatArray
from retention.models.maximum import EDGE, Objective, find_maximum
from retention.models.surface import Surface

# Half the 95 % point of the chi-square distribution with one degree of freedom.
FALL = 1.9207294103470626


def profile_ends(surface: Objective, best: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lower and upper 95 % limits of each coordinate; infinite where the likelihood never falls so far.

    Parameters
    ----------
    surface
        Total log-likelihood, gradient and Hessian at a point.
    best
        Its maximum.

    Examples
    --------
    >>> def hill(point):
    ...     return Surface(-float(point @ point) / 2, -point, -np.eye(point.size))
    >>> low, high = profile_ends(hill, np.zeros(2))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([-1.96, -1.96], [1.96, 1.96])
    """
    peak = surface(best)
    errors = np.sqrt(np.diag(np.linalg.inv(-peak.hessian)))
    least = peak.value - FALL
    low, high = (
        np.array([_end(surface, best, least, k, sign * errors[k]) for k in range(best.size)])
        for sign in (-1.0, 1.0)
    )
    return low, high


def _end(
    surface: Objective,
    best: FloatArray,
    least: float,
    fixed: int,
    step: float,
) -> float:
    """Where the profile of one parameter comes down to `least`, going in steps from the best."""
    others = np.delete(np.arange(best.size), fixed)
    start = best[others]

    def excess(at: float) -> float:
        nonlocal start

        def held(rest: FloatArray) -> Surface:
            value, gradient, hessian = surface(np.insert(rest, fixed, at))
            return Surface(value, gradient[others], hessian[np.ix_(others, others)])

        found = find_maximum(held, start)
        start = found.coordinates
        return found.value - least

    inner, outer = best[fixed], best[fixed] + 2.0 * step
    while excess(outer) > 0.0:
        inner, outer = outer, outer + 2.0 * (outer - best[fixed])
        if abs(outer) > EDGE:
            return float(np.copysign(np.inf, step))
    return float(brentq(excess, inner, outer, xtol=1e-6))
