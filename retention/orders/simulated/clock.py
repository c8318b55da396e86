"""Calendar time and business time: a peak is a day on which business time runs faster.

Customers buy evenly in business time. Mapped to the calendar, their orders crowd into the peaks and
the evenings, and nothing else about them changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Clock:
    """Days since the start (`edges`) and the business days gone by at each of them."""

    edges: Floats
    business: Floats

    def to_business(self, days: Floats) -> Floats:
        """Business time at these calendar times."""
        return np.interp(days, self.edges, self.business)

    def to_calendar(self, business: Floats) -> Floats:
        """Calendar times at which so much business time has gone by."""
        return np.interp(business, self.business, self.edges)

    @property
    def end(self) -> float:
        """All the business time there is."""
        return float(self.business[-1])


def even_clock(days: int) -> Clock:
    """A clock without peaks."""
    edges = np.array([0.0, float(days)])
    return Clock(edges, edges)


def peaked_clock(day_weights: Floats, hour_weights: Floats) -> Clock:
    """A clock that runs by the weight of each day and, within it, of each hour.

    Its average pace is one business day a calendar day, so that rates keep their meaning.
    """
    hourly = np.outer(day_weights, hour_weights).ravel()
    business = np.concatenate([[0.0], np.cumsum(hourly)])
    edges = np.arange(business.size) / hour_weights.size
    return Clock(edges, business * (len(day_weights) / business[-1]))
