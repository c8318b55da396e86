"""The difference of two curves of the first return: at given days, and of the mean wait."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from retention.tables.difference import Estimate, difference
from retention.tables.kaplan_meier import kaplan_meier
from retention.tables.wilson import Z95, wilson_interval

RETURNED, WAIT = "p_returned", "mean_days_to_return"


def curve_differences(gaps: pd.DataFrame, *, within_days: Sequence[int]) -> pd.DataFrame:
    """Two rows per day that both curves reach: share back by then, and mean days until the return.

    `gaps` has side ("group" or "baseline"), gap_days, is_censored and customers. The mean counts at
    most that many days of each customer (restricted mean). Everybody has one first gap, so the limits
    hold for customers: squared influences summed over customers are Greenwood's formula here.
    """
    curves = {side: kaplan_meier(gaps[gaps["side"] == side]) for side in ("group", "baseline")}
    last = min(len(curve) for curve in curves.values()) - 1
    days = [day for day in within_days if day <= last]
    customers = gaps.groupby("side")["customers"].sum()
    rows = []
    for measure, estimate in ((RETURNED, _back), (WAIT, _wait)):
        first, second = (_of(estimate, curves[side], days) for side in ("group", "baseline"))
        gap = difference(first, second)
        parts = (first.value, second.value, *gap)
        names = ("in_group", "in_baseline", "difference", "low", "high")
        table = pd.DataFrame(dict(zip(names, parts, strict=True)), dtype="float64")
        rows.append(table.assign(measure=measure, at=days))
    table = pd.concat(rows, ignore_index=True)
    return table.assign(
        eligible=int(customers.get("group", 0)),
        eligible_baseline=int(customers.get("baseline", 0)),
    )


def _of(estimate: object, curve: pd.DataFrame, days: Sequence[int]) -> Estimate:
    found = np.array([estimate(curve, day) for day in days]).reshape(-1, 3)  # type: ignore[operator]
    return Estimate(*found.T)


def _back(curve: pd.DataFrame, day: int) -> tuple[float, float, float]:
    """The share back by then; where nobody or everybody is, the limits of as many as are at risk."""
    row = curve.iloc[day]
    share, low, high = float(row["p_returned"]), float(row["low"]), float(row["high"])
    if 0 < share < 1:
        return share, low, high
    at_risk = int(row["at_risk"])
    lower, upper = wilson_interval([share * at_risk], [at_risk])
    return share, float(lower[0]), float(upper[0])


def _wait(curve: pd.DataFrame, day: int) -> tuple[float, float, float]:
    """The area over the curve up to the day, with the variance of Kaplan and Meier's mean."""
    steps = curve.iloc[:day]
    survival = 1 - steps["p_returned"].to_numpy()
    mean = float(survival.sum())
    after = np.cumsum(survival[::-1])[::-1]
    at_risk, events = steps["at_risk"].to_numpy(float), steps["events"].to_numpy(float)
    left = at_risk - events
    parts = np.divide(after**2 * events, at_risk * left, out=np.zeros(len(left)), where=left > 0)
    half = Z95 * float(np.sqrt(parts.sum()))
    return mean, mean - half, mean + half
