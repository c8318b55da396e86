"""The picture of the retention curves, and lines of cohorts."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.cohort_lines import cohort_lines
from retention.charts.retention_curves import describe_retention_curves
from retention.errors import ArgumentError


# examples
def test_only_whole_periods_after_age_0_of_enough_customers(
    cells: pd.DataFrame, pooled: pd.DataFrame
) -> None:
    picture = describe_retention_curves(cells, pooled=pooled)
    assert picture.categories == (1, 2)
    assert [(line.name, line.role, line.values) for line in picture.series] == [
        ("2024-01", "accent", (0.2, 0.1)),
        ("All cohorts", "main", (25 / 110, 0.1)),
    ]
    assert picture.series[1].low == (0.16, 0.05)
    assert picture.footer.endswith("Cohorts of fewer than 30 customers are not drawn.")


def test_the_number_of_pooled_cohorts_stands_under_each_age(
    cells: pd.DataFrame, pooled: pd.DataFrame
) -> None:
    picture = describe_retention_curves(cells, pooled=pooled)
    assert picture.category_notes == ((1, "2"), (2, "1"))
    assert picture.x_label == "Months since the first purchase; below: cohorts pooled"


def test_small_cohorts_are_drawn_where_there_are_no_others(cells: pd.DataFrame) -> None:
    few = cells[cells["cohort_size"] == 10]
    assert [line.name for line in describe_retention_curves(few).series] == ["2024-02"]


def test_where_all_cohorts_are_small_their_curve_stands_alone(
    cells: pd.DataFrame, pooled: pd.DataFrame
) -> None:
    few = cells[cells["cohort_size"] == 10]
    picture = describe_retention_curves(few, pooled=pooled)
    assert [line.name for line in picture.series] == ["All cohorts"]
    assert picture.alt_text == "All cohorts by age: 22.7% at age 1."


def test_the_newest_with_three_ages_is_in_the_accents_colour() -> None:
    starts = pd.to_datetime(["2024-01-01"] * 4 + ["2024-02-01"] * 3 + ["2024-03-01"] * 2)
    table = pd.DataFrame(
        {"cohort": starts, "age": [1, 2, 3, 4, 1, 2, 3, 1, 2], "retention_rate": 0.1}
    )
    lines = cohort_lines(table, value="retention_rate", ages=[1, 2, 3, 4], period="month")
    assert [line.role for line in lines] == ["muted", "accent", "muted"]


# refusals
def test_a_table_without_a_whole_period_is_refused(cells: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match=r"complete periods after age 0\): the table has 0"):
        describe_retention_curves(cells.assign(is_complete=False))
