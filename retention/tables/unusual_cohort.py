"""The cohort that differs most from all others: where to look first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from retention.errors import ArgumentError

# Later ages rest on fewer cohorts and say less about how the customers were won.
FIRST_AGE, LAST_AGE = 1, 6


def unusual_cohort(cells: pd.DataFrame) -> pd.Timestamp:
    """The cohort whose returns at ages 1 to 6 lie furthest from those of all cohorts together.

    Distance is (returned - expected) over the standard deviation that chance would give.

    Raises
    ------
    ArgumentError
        If fewer than two cohorts have completed age 1.

    Examples
    --------
    >>> cells = pd.DataFrame({
    ...     "cohort": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]), "age": 1,
    ...     "eligible": [100, 100, 400], "returned": [30, 10, 120], "is_complete": True})
    >>> unusual_cohort(cells)
    Timestamp('2024-02-01 00:00:00')
    """
    kept = cells[cells["is_complete"] & cells["age"].between(FIRST_AGE, LAST_AGE)]
    if "is_burn_in" in kept:
        kept = kept[~kept["is_burn_in"]]
    if kept["cohort"].nunique() < 2:
        raise ArgumentError(
            f"group: {kept['cohort'].nunique()} cohorts have completed age {FIRST_AGE}, so none can "
            "differ from the others. Name one, or choose a shorter period."
        )
    totals = kept.groupby("age")[["eligible", "returned"]].transform("sum")
    rate = totals["returned"] / totals["eligible"]
    expected, variance = kept["eligible"] * rate, kept["eligible"] * rate * (1 - rate)
    sums = pd.DataFrame({"gap": kept["returned"] - expected, "variance": variance})
    by_cohort = sums.groupby(kept["cohort"]).sum()
    spread = np.sqrt(by_cohort["variance"])
    distance = (by_cohort["gap"].abs() / spread).fillna(0.0)
    return pd.Timestamp(distance.idxmax())
