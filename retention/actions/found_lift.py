"""What a read-out found of one measure."""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.special import ndtri

# A two-sided test at 5 % that sees the effect in 80 of 100 campaigns.
Z80 = float(ndtri(0.8))
SEEN = float(ndtri(0.975)) + Z80


class FoundLift(NamedTuple):
    """Both arms, their difference with 95 % limits, and what could have been seen; NaN: not judged."""

    in_treated: float
    in_holdout: float
    difference: float
    low: float
    high: float
    p_value: float
    smallest_effect: float
    method: str


NOTHING = FoundLift(
    math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, "not judged"
)
