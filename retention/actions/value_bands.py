"""Bands of customers of about the same value, and how many of each are held out."""

from __future__ import annotations

import numpy as np
import pandas as pd

BANDS = 4


def value_bands(values: pd.Series, bands: int = BANDS) -> pd.Series:
    """1 + the number of cut-offs strictly below: equal values share a band, in any row order.

    Examples
    --------
    >>> value_bands(pd.Series([1.0, 2.0, 2.0, 9.0]), 2).tolist()
    [1, 1, 1, 2]
    """
    if values.empty:
        return values.astype("int64")
    steps = np.arange(1, bands) / bands
    cuts = np.unique(np.quantile(values, steps, method="inverted_cdf"))
    return pd.Series(1 + np.searchsorted(cuts, values, side="left"), index=values.index)


def held_of_band(bands: pd.Series, share: float) -> pd.Series:
    """For each customer, how many of the band are held out: round(share x n).

    Examples
    --------
    >>> held_of_band(pd.Series([1, 1, 1, 2]), 0.5).tolist()
    [2.0, 2.0, 2.0, 0.0]
    """
    return (share * bands.groupby(bands).transform("size")).round()
