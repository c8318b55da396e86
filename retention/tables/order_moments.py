"""Which of two moments came first, where one of them may be a date without a time."""

from __future__ import annotations

import pandas as pd

LAST_MOMENT = pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)


def came_after(touched_at: pd.Series, ordered_at: pd.Series) -> pd.Series:
    """Whether a touch came after an order; an order by date only is its whole day.

    Examples
    --------
    >>> touched = pd.Series(pd.to_datetime(["2024-01-01 09:00", "2024-01-01 09:00"]))
    >>> came_after(touched, pd.Series(pd.to_datetime(["2024-01-01 00:00", "2024-01-01 08:00"]))).tolist()
    [False, True]
    """
    is_date = ordered_at == ordered_at.dt.normalize()
    return touched_at > ordered_at.mask(is_date, ordered_at + LAST_MOMENT)
