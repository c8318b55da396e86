"""A customer's risk in words: a band, and the reason for it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from retention.counted import counted
from retention.models.history import FloatArray
from retention.texts import text

# Shares of the chance of an order that silence has taken, and the bands that begin there.
BANDS = {"low": 0.0, "medium": 0.2, "high": 0.5, "gone": 0.8}


def bands(p_order: FloatArray, p_order_if_just_bought: FloatArray) -> Any:
    """The band of each customer, an array of str.

    Examples
    --------
    >>> bands(np.array([0.5, 0.3, 0.05]), np.array([0.5, 0.5, 0.5])).tolist()
    ['low', 'medium', 'gone']
    """
    some = p_order_if_just_bought > 0
    kept = np.divide(p_order, p_order_if_just_bought, out=np.ones(p_order.shape), where=some)
    # Rounding must not lift anybody into the next band.
    place = np.searchsorted(list(BANDS.values()), 1.0 - kept + 1e-9, side="right") - 1
    return np.array(list(BANDS), dtype=object)[np.maximum(place, 0)]


def reasons(risk: pd.DataFrame, frequency: Any, is_endless: Any) -> list[str]:
    """One sentence for each row of a table of risks.

    Parameters
    ----------
    risk
        As `churn_risk` returns it, without `reason`.
    frequency
        Repeat purchase days of each customer.
    is_endless
        For whom the spend model has no finite expectation.

    Examples
    --------
    >>> risk = pd.DataFrame({"days_since_last_order": [40], "usual_gap_days": [9.6],
    ...     "p_no_order": [0.75], "p_order_if_just_bought": [0.9], "horizon_days": [90]})
    >>> print(*reasons(risk, [0], [False]))
    Bought once, 40 days ago: chance of an order within 90 days 25%, right after a purchase 90%.
    """
    once = text(
        "Bought once, {silence} ago: chance of an order within {horizon} days {now:.0%}, right "
        "after a purchase {then:.0%}."
    )
    often = text(
        "Silent for {silence} where {gap:,.0f} are usual: chance of an order within {horizon} "
        "days {now:.0%}, right after a purchase {then:.0%}."
    )
    day, days = text("1 day"), text("{count} days")
    endless = text(
        " Value not estimated because few paid repeat days are known and a few very large buyers "
        "outweigh all others."
    )
    columns = ("days_since_last_order", "usual_gap_days", "p_no_order", "p_order_if_just_bought")
    rows = zip(*(risk[name].tolist() for name in columns), frequency, is_endless, strict=True)
    horizon = int(risk["horizon_days"].iloc[0])
    return [
        (often if x else once).format(
            silence=counted(silence, day, days),
            gap=max(gap, 1.0),
            now=1.0 - none,
            then=then,
            horizon=horizon,
        )
        + (endless if unknown else "")
        for silence, gap, none, then, x, unknown in rows
    ]
