"""What the customers at the top hold, for a chart and for the sentence beside it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


def share_of_top(values: pd.Series, shares: npt.ArrayLike) -> Floats:
    """The part of the sum of some values that their highest ones hold, by how many these are.

    Between two values the curve is a straight line, as in `concentration`.

    Examples
    --------
    >>> share_of_top(pd.Series([1.0, 6.0, 3.0]), [0.0, 1 / 3, 0.5]).round(2).tolist()
    [0.0, 0.6, 0.75]
    """
    ranked = np.sort(values.to_numpy(np.float64))[::-1]
    held = np.concatenate([[0.0], np.cumsum(ranked)]) / ranked.sum()
    found: Floats = np.interp(np.asarray(shares) * len(ranked), np.arange(len(held)), held)
    return found
