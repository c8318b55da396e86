"""What one step of age is called, and which period a table of cohorts is in."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from retention.errors import choose
from retention.periods import PERIOD_DAYS, PERIODS, Period
from retention.texts import text

# Calendar periods, windows of days since each customer's own first purchase, or brackets of days.
Ages = Literal["calendar", "relative", "brackets"]
_LABELS: dict[Period, str] = {
    "day": "Days since the first purchase",
    "week": "Weeks since the first purchase",
    "month": "Months since the first purchase",
    "quarter": "Quarters since the first purchase",
    "year": "Years since the first purchase",
}


def age_label(period: Period, ages: Ages = "calendar") -> str:
    """What stands at an axis of ages.

    Examples
    --------
    >>> age_label("week")
    'Weeks since the first purchase'
    >>> age_label("month", "relative")
    "Windows of 30 days since each customer's first purchase"
    """
    if ages == "brackets":
        return text("Days since each customer's first purchase")
    if ages == "relative" and period != "day":
        return text(
            "Windows of {days} days since each customer's first purchase", days=PERIOD_DAYS[period]
        )
    return text(_LABELS[period])


def ages_of(table: pd.DataFrame, period: Period | None) -> tuple[Period, Ages]:
    """The period as given, else as the caption says, else as the dates suggest; and the kind of ages.

    Examples
    --------
    >>> days = pd.to_datetime(["2024-01-01", "2024-04-01", "2024-07-01"])
    >>> ages_of(pd.DataFrame({"cohort": days}), None)
    ('quarter', 'calendar')
    """
    said = period if period is not None else table.attrs.get("parameters", {}).get("period")
    if said is None:
        said = _guess(table["cohort"].drop_duplicates()) if "cohort" in table else "month"
    choose("period", said, PERIODS)
    if "until_day" in table.columns:
        return said, "brackets"
    kind: Ages = table.attrs.get("words", {}).get("ages", "calendar")
    return said, kind


def _guess(starts: pd.Series) -> Period:
    """A single cohort, or several that begin on the first of a month, are months."""
    if (starts.dt.day != 1).any():
        is_one_weekday = len(starts.dt.day_of_week.unique()) == 1
        is_week = is_one_weekday and (len(starts) > 1 or starts.dt.day_of_week.iloc[0] == 0)
        return "week" if is_week else "day"
    months = set(starts.dt.month)
    if len(starts) > 1 and months == {1}:
        return "year"
    if len(starts) > 1 and months <= {1, 4, 7, 10}:
        return "quarter"
    return "month"
