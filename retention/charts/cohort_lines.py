"""One line per cohort over ages: grey, and the newest that can be judged in the accent's colour."""

from __future__ import annotations

import pandas as pd

from retention.charts.picture import Series
from retention.periods import Period, period_label

# A line of one or two points says nothing yet.
ENOUGH_AGES = 3


def cohort_lines(
    cells: pd.DataFrame, *, value: str, ages: list[int], period: Period
) -> list[Series]:
    """One series per cohort, oldest first, of the column `value` at these ages.

    Examples
    --------
    >>> cells = pd.DataFrame({"cohort": pd.to_datetime(["2024-01-01", "2024-02-01"]),
    ...     "age": [1, 1], "retention_rate": [0.2, 0.3]})
    >>> lines = cohort_lines(cells, value="retention_rate", ages=[1], period="month")
    >>> [(line.name, line.role) for line in lines]
    [('2024-01', 'muted'), ('2024-02', 'accent')]
    """
    if cells.empty:
        return []
    known = cells.dropna(subset=[value]).groupby("cohort").size()
    newest = known.index[known >= min(ENOUGH_AGES, int(known.max()))].max()
    lines = []
    for cohort, rows in cells.groupby("cohort"):
        numbers = rows.set_index("age")[value].reindex(ages)
        lines.append(
            Series(
                name=period_label(rows["cohort"].iloc[0], period),
                values=tuple(None if pd.isna(number) else float(number) for number in numbers),
                role="accent" if cohort == newest else "muted",
            )
        )
    return lines
