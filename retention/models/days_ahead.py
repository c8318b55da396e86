"""How far to look ahead: days, or the last day that counts."""

from __future__ import annotations

from datetime import date

import pandas as pd

from retention.errors import ArgumentError
from retention.models.order_fit import check_horizon
from retention.periods import as_day

Horizon = int | str | date | pd.Timestamp


def days_ahead(horizon: Horizon, *, as_of: pd.Timestamp | None) -> int:
    """The horizon in days from the as-of date, None where it is not known, or a refusal.

    Raises
    ------
    ArgumentError
        Where it is no number of days, a date is not after the as-of date, or that is not known.

    Examples
    --------
    >>> days_ahead(90, as_of=None), days_ahead("2025-12-31", as_of=pd.Timestamp("2025-06-30"))
    (90, 184)
    """
    if not isinstance(horizon, (str, date)):
        return check_horizon(horizon)
    end = as_day(horizon, "horizon_days")
    if as_of is None:
        raise ArgumentError(
            f"horizon_days: the day {end:%Y-%m-%d} is how far from which day? first_order_at and T of "
            "the customers do not say one as-of date. Pass days, or what customer_summary(orders) returned."
        )
    days = (end - as_of).days
    if days < 1:
        raise ArgumentError(
            f"horizon_days: {end:%Y-%m-%d} is not after the as-of date {as_of:%Y-%m-%d}. Pass a later "
            "day, or a number of days."
        )
    return days


def last_day_of(customers: pd.DataFrame) -> pd.Timestamp | None:
    """The as-of date of a table of customers: T days after each one's first purchase day.

    None where these columns are missing, or say several days.

    Examples
    --------
    >>> last_day_of(pd.DataFrame({"first_order_at": pd.to_datetime(["2024-01-01 09:30"]), "T": 30}))
    Timestamp('2024-01-31 00:00:00')
    """
    if not {"first_order_at", "T"} <= {*customers.columns}:
        return None
    first = pd.to_datetime(customers["first_order_at"]).dt.normalize()
    days = (first + pd.to_timedelta(customers["T"], unit="D")).drop_duplicates()
    return days.iloc[0] if len(days) == 1 and days.notna().all() else None
