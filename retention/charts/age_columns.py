"""The ages of a table of cohorts as columns of a chart: how they are named, and which say something."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd


def age_names(table: pd.DataFrame, ages: Sequence[int]) -> tuple[str | float, ...]:
    """Ages as numbers; brackets as their first and last days.

    Examples
    --------
    >>> age_names(pd.DataFrame({"age": [1, 31], "until_day": [31, 61]}), [1, 31])
    ('1-30', '31-60')
    """
    if "until_day" not in table.columns:
        return tuple(ages)
    until = table.drop_duplicates("age").set_index("age")["until_day"]
    return tuple(_bracket(age, int(until[age]) - 1) for age in ages)


def given_ages(table: pd.DataFrame) -> tuple[int, ...]:
    """Age 0 where everybody is there by definition; a rate that can be no other says nothing.

    Examples
    --------
    >>> given_ages(pd.DataFrame({"age": [0, 1], "retention_rate": [1.0, 0.2]}))
    (0,)
    """
    first = table.loc[table["age"] == 0, "retention_rate"]
    return (0,) if len(first) and bool((first == 1).all()) else ()


def _bracket(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
