"""Where to begin on all customers: at the peaks that a sample of them has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retention.models.history import FloatArray
from retention.models.maximum import TOLERANCE, Maximum, Objective, find_maximum

# Of two peaks so far apart on the sample, in total log-likelihood, the lower one is lower on all.
CLEAR = 20.0
# A peak of a sample need not be known better than this: the sample is further off.
NEAR = 1e-5
# Coordinates are logarithms: closer than this, two searches have found one peak.
SAME = 0.05


def highest(
    hill: Objective, starts: Sequence[FloatArray], *, rehearsal: Objective | None = None
) -> Maximum:
    """The highest maximum that is found from several starts; of equal ones the first.

    `rehearsal` is the hill of a sample: the long way is climbed there, and only the last steps
    are taken on all.
    """
    if rehearsal is not None:
        starts = _peaks([find_maximum(rehearsal, start, enough=NEAR) for start in starts])
    found = [find_maximum(hill, start) for start in starts]
    best = found[0]
    for other in found[1:]:
        # Equal peaks are one: the first is kept, so that rounding never chooses.
        best = other if other.value > best.value + TOLERANCE else best
    return best


def _peaks(found: Sequence[Maximum]) -> list[FloatArray]:
    """Where the peaks are that could be the highest, each once."""
    top = max(maximum.value for maximum in found)
    places: list[FloatArray] = []
    for maximum in found:
        place = maximum.coordinates
        is_new = all(np.abs(place - other).max(initial=0.0) > SAME for other in places)
        if is_new and maximum.value >= top - CLEAR:
            places.append(place)
    return places
