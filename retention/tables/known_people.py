"""People as the tables need them: ids as text, one row each, with the day they were first seen."""

from __future__ import annotations

import pandas as pd

from retention.tables.require_rows import require_rows


def known_people(people: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """First day seen by customer_id, of everybody seen by `as_of`; the earliest of repeated rows.

    Whoever has no such day is not among them.

    Raises
    ------
    ArgumentError
        If it is no DataFrame, columns or ids are missing, or first_seen_at is no local time.
    """
    require_rows(
        "people", people, time="first_seen_at", filled=("customer_id",), others=("first_seen_at",)
    )
    days = people["first_seen_at"].dt.tz_localize(None).dt.normalize()
    # Ids are text in the orders, so 1 and "1" are one person.
    first: pd.Series = days.groupby(people["customer_id"].astype(str)).min()
    return first[first <= as_of]
