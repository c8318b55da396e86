"""Ids as shops write them: text of equal length, filled with zeros."""

from __future__ import annotations

import numpy as np
import pandas as pd

WIDTH = 6


def padded_ids(count: int) -> pd.Series:
    """Ids 1..count as text of equal length."""
    numbers = pd.Series(np.arange(1, count + 1)).astype("str")
    return numbers.str.zfill(max(WIDTH, len(str(count))))
