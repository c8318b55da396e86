"""Cohorts by name."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.tables.cohort_names import cohort_period


@pytest.mark.parametrize(
    ("starts", "period"),
    [
        (["2023-01-01", "2024-01-01"], "year"),
        (["2024-01-01", "2024-04-01"], "quarter"),
        (["2024-01-01", "2024-02-01"], "month"),
        (["2024-01-01", "2024-01-08"], "week"),
        (["2024-01-01", "2024-01-09"], "day"),
        # Weeks that begin on a Sunday are named by their first day.
        (["2024-01-07", "2024-01-14"], "day"),
    ],
)
def test_cohorts_say_of_which_period_they_are(starts: list[str], period: str) -> None:
    assert cohort_period(pd.Series(pd.to_datetime(starts))) == period
