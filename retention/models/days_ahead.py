"""How far to look ahead: days, or the last day that counts."""

from __future__ import annotations

from datetime import date

import pandas as pd

from retention.errors import ArgumentError
from retention.models.order_fit import check_horizon
from retention.periods import as_day

Horizon = int | str | date | pd.Timestamp


def days_ahead(horizon: Horizon, *, as_of: object) -> int:
    """The horizon in days from the as-of date, or a refusal.

    Raises
    ------
    ArgumentError
        Where it is no number of days, a date is not after the as-of date, or that is not known.

    Examples
    --------
    >>> days_ahead(90, as_of=None), days_ahead("2025-12-31", as_of="2025-06-30")
    (90, 184)
    """
    if not isinstance(horizon, (str, date)):
        return check_horizon(horizon)
    end = as_day(horizon, "horizon_days")
    if as_of is None:
        raise ArgumentError(
            f"horizon_days: the day {end:%Y-%m-%d} is how far from which day? The table does not say "
            "its as-of date any more. Pass days, or the table that customer_summary(orders) returned."
        )
    start = as_day(str(as_of))
    days = (end - start).days
    if days < 1:
        raise ArgumentError(
            f"horizon_days: {end:%Y-%m-%d} is not after the as-of date {start:%Y-%m-%d}. Pass a later "
            "day, or a number of days."
        )
    return days
