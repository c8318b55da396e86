"""People of whom nobody knows since when they could have bought."""

from __future__ import annotations

from typing import Any

import pandas as pd

NOTE = "{count} people without a day on which they were first seen count once they have bought."


def dated_people(people: pd.DataFrame | None) -> pd.DataFrame | None:
    """The people; none where not one of them has a day, for then nobody is known not to have bought."""
    count = _undated(people)
    return None if people is not None and count > 0 and count == len(people) else people


def with_undated_note(table: pd.DataFrame, people: pd.DataFrame | None) -> pd.DataFrame:
    """The table with a note that says how many people have no day."""
    count = _undated(people)
    if count:
        note: list[Any] = [NOTE, {"count": f"{count:,}"}]
        table.attrs["notes"] = [*table.attrs.get("notes", ()), note]
    return table


def _undated(people: pd.DataFrame | None) -> int:
    """What is no table of people is refused where it is used."""
    if not isinstance(people, pd.DataFrame) or "first_seen_at" not in people.columns:
        return 0
    return int(people["first_seen_at"].isna().sum())
