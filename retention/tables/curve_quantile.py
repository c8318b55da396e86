"""Quantiles read off a curve; "not reached" is an answer."""

from __future__ import annotations

import math

import pandas as pd

# Rounding may leave a share that is reached exactly a hair below.
A_HAIR = 1e-12


def curve_quantile(shares: pd.Series, share: float) -> float:
    """The least day, of the index, by which the share is reached; not a number where it is not.

    Examples
    --------
    >>> shares = pd.Series([0.0, 0.2, 0.5], index=[0, 1, 2])
    >>> curve_quantile(shares, 0.2), curve_quantile(shares, 0.8)
    (1.0, nan)
    """
    reached = shares.index[shares >= share - A_HAIR]
    return float(reached[0]) if len(reached) else math.nan
