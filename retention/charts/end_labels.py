"""The names of days at whose end something is counted."""

from __future__ import annotations

import pandas as pd


def end_labels(days: pd.Index) -> list[str]:
    """Ends of months by the month, other days by their date.

    Examples
    --------
    >>> end_labels(pd.to_datetime(["2024-01-31", "2024-02-29"]))
    ['2024-01', '2024-02']
    """
    dates = pd.DatetimeIndex(days)
    form = "%Y-%m" if dates.is_month_end.all() else "%Y-%m-%d"
    return [f"{day:{form}}" for day in dates]
