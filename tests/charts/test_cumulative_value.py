"""The picture of cumulative value per customer."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.cumulative_value import describe_cumulative_value
from retention.errors import ArgumentError


# examples
def test_lines_are_cohorts_without_their_open_period(value: pd.DataFrame) -> None:
    picture = describe_cumulative_value(value)
    assert picture.categories == (0, 1, 2)
    assert [(line.name, line.role, line.values) for line in picture.series] == [
        ("2024-01", "accent", (100_000.0, 120_000.0, 130_000.0)),
        ("2024-02", "muted", (100_000.0, 150_000.0, None)),
        ("2024-03", "muted", (100_000.0, None, None)),
    ]
    assert picture.y_label == "Net amount per customer, VND"
    assert picture.alt_text.endswith("So far, 2024-01: 130,000, 2024-03: 100,000.")


def test_the_oldest_is_bold_where_a_newer_one_has_the_accent(value: pd.DataFrame) -> None:
    whole = value.assign(is_complete=True)
    assert [line.role for line in describe_cumulative_value(whole).series] == [
        "main",
        "accent",
        "muted",
    ]


# refusals
def test_a_table_without_a_whole_period_is_refused(value: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match=r"cohort_value \(complete periods\): .* 0 rows"):
        describe_cumulative_value(value.assign(is_complete=False))
