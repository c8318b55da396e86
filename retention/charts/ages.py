"""What one step of age is called, and which period a table of cohorts is in."""

from __future__ import annotations

import pandas as pd

from retention.errors import choose
from retention.periods import PERIODS, Period
from retention.texts import text

_LABELS: dict[Period, str] = {
    "day": "Days since the first purchase",
    "week": "Weeks since the first purchase",
    "month": "Months since the first purchase",
    "quarter": "Quarters since the first purchase",
    "year": "Years since the first purchase",
}


def age_label(period: Period) -> str:
    """What stands at an axis of ages.

    Examples
    --------
    >>> age_label("week")
    'Weeks since the first purchase'
    """
    return text(_LABELS[period])


def period_of(table: pd.DataFrame, period: Period | None) -> Period:
    """The period as given, else as the caption says, else as the cohorts' first days suggest.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-01", "2024-04-01", "2024-07-01"])
    >>> period_of(pd.DataFrame({"cohort": days}), None)
    'quarter'
    """
    said = period or table.attrs.get("parameters", {}).get("period")
    if said is None:
        return _guess(table["cohort"].drop_duplicates())
    choose("period", said, PERIODS)
    found: Period = said
    return found


def _guess(starts: pd.Series) -> Period:
    """A single cohort, or several that begin on the first of a month, are months."""
    if (starts.dt.day != 1).any():
        return "week" if (starts.dt.day_of_week == 0).all() else "day"
    months = set(starts.dt.month)
    if len(starts) > 1 and months == {1}:
        return "year"
    if len(starts) > 1 and months <= {1, 4, 7, 10}:
        return "quarter"
    return "month"
