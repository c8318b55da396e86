"""Selling days: whether the orders begin and end with the selling, or with a stray date."""

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
# A shop begins slowly: at the start only a gap of over two months is strange.
LEAST_FIRST_GAP = 60


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
            silent=f"{silent:,}",
            usual=f"{np.median(gaps):g}",
        )
    long = np.flatnonzero(gaps[-TAIL:] > limit)
    if long.size:
        place = len(gaps) - TAIL + int(long[0])
        return text(
            "After {day} nothing was sold for {gap} days; the selling days after that are few "
            "({days}). If their dates are wrong, pass as_of={day!r}.",
            days=f"{len(known) - place - 1:,}",
            gap=f"{gaps[place]:,}",
            day=_written(known[place]),
        )
    return text("The orders run up to the as-of date without an unusual gap.")


def start_of_selling(days: Sequence[int]) -> str:
    """What the first gaps between selling days (as day numbers) say of the start, in a sentence.

    Empty where nothing is strange. Looked at are the first 5, against nearly all later ones.
    """
    known = np.unique(np.asarray(days, dtype="int64"))
    if len(known) < AT_LEAST:
        return ""
    gaps = np.diff(known)
    limit = max(LEAST_FIRST_GAP, TIMES_USUAL * float(np.quantile(gaps[TAIL:], 0.99)))
    long = np.flatnonzero(gaps[:TAIL] > limit)
    if not long.size:
        return ""
    place = int(long[-1])
    return text(
        "But after {last} nothing was sold for {gap} days, and the selling days up to then are few "
        "({days}): a typing error? Mend such dates at the source; if the source is complete from "
        "{next} on only, pass history_start={next!r}.",
        days=place + 1,
        last=_written(known[place]),
        gap=f"{gaps[place]:,}",
        next=_written(known[place + 1]),
    )


def _written(day: int) -> str:
    return f"{pd.Timestamp(int(day), unit='D'):%Y-%m-%d}"
