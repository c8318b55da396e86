"""People as the tables need them: ids as text, one row each, with the day they were first seen."""

from __future__ import annotations

import pandas as pd

from retention.errors import ArgumentError, require_columns

HINT = "Pass what read_people() returns."


def known_people(people: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series:
    """First day seen by customer_id, of everybody seen by `as_of`; the earliest of repeated rows.

    Raises
    ------
    ArgumentError
        If it is no DataFrame, columns or ids are missing, or first_seen_at is no local time.
    """
    if not isinstance(people, pd.DataFrame):
        raise ArgumentError(f"people: a {type(people).__name__} is no table of people. {HINT}")
    require_columns("people", people.columns, ("customer_id", "first_seen_at"), HINT)
    if people["first_seen_at"].dtype.kind != "M" or people["first_seen_at"].isna().any():
        raise ArgumentError(f"people: first_seen_at is not a local time in every row. {HINT}")
    missing = int(people["customer_id"].isna().sum())
    if missing:
        raise ArgumentError(f"people: {missing:,} of {len(people):,} rows have no id. {HINT}")
    days = people["first_seen_at"].dt.tz_localize(None).dt.normalize()
    # Ids are text in the orders, so 1 and "1" are one person.
    first: pd.Series = days.groupby(people["customer_id"].astype(str)).min()
    return first[first <= as_of]
