"""Selling days: whether the end of the orders is the end of the selling, or a stray date."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.periods import day_number
from retention.texts import text

AT_LEAST = 10
TAIL = 5
LEAST_GAP = 7
TIMES_USUAL = 3


def end_of_selling(days: Sequence[int], as_of: pd.Timestamp) -> str:
    """What the gaps between selling days (as day numbers) say of `as_of`, in a sentence.

    A gap is long above 7 days and 3 times nearly all others (their 99th percentile); looked at are
    the last 5, and the one from the last selling day to `as_of`.
    """
    known = np.unique(np.asarray(days, dtype="int64"))
    if len(known) < AT_LEAST:
        return text("Too few selling days to say whether the as-of date is stale.")
    gaps = np.diff(known)
    limit = max(LEAST_GAP, TIMES_USUAL * float(np.quantile(gaps[:-TAIL], 0.99)))
    silent = day_number(as_of) - int(known[-1])
    if silent > limit:
        return text(
            "The last order lies {silent} days before the as-of date, the usual gap is {usual}: "
            "later orders may be missing, and everybody looks more silent than they are.",
            silent=silent,
            usual=f"{np.median(gaps):g}",
        )
    long = np.flatnonzero(gaps[-TAIL:] > limit)
    if long.size:
        place = len(gaps) - TAIL + int(long[0])
        return text(
            "After {day} nothing was sold for {gap} days; the selling days after that are few "
            "({days}). If their dates are wrong, pass as_of={day!r}.",
            days=len(known) - place - 1,
            gap=int(gaps[place]),
            day=f"{pd.Timestamp(int(known[place]), unit='D'):%Y-%m-%d}",
        )
    return text("The orders run up to the as-of date without an unusual gap.")
