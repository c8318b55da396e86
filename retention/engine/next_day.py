"""The end of a day as an expression, for rows up to and with it."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd


def next_day(day: pd.Timestamp) -> Any:
    """The first moment after a day: what lies before it is known at the end of that day.

    Examples
    --------
    >>> lines = ibis.memtable({"ordered_at": [pd.Timestamp("2024-02-29 23:59"), pd.Timestamp("2024-03-01")]})
    >>> lines.filter(lines.ordered_at < next_day(pd.Timestamp("2024-02-29"))).count().execute()
    1
    """
    return ibis.timestamp(str(day + pd.Timedelta(days=1)))
