"""The cohort heatmap's picture."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.cohort_heatmap import describe_cohort_heatmap
from retention.errors import ArgumentError


# examples
def test_rows_are_cohorts_and_the_last_is_the_pooled_one(
    cells: pd.DataFrame, pooled: pd.DataFrame
) -> None:
    picture = describe_cohort_heatmap(cells, pooled=pooled)
    assert picture.categories == (0, 1, 2, 3)
    assert [(row.name, row.customers, row.role) for row in picture.series] == [
        ("2024-01*", 100, "plain"),
        ("2024-02", 10, "plain"),
        ("2024-03", 80, "plain"),
        ("All", 190, "main"),
    ]
    assert picture.series[0].values == (1.0, 0.2, 0.1, 0.04)
    assert picture.series[2].values == (1.0, 0.05, None, None)
    assert picture.series[3].values == (1.0, 25 / 110, 0.1, None)


def test_partial_and_small_cells_are_marked_and_explained(cells: pd.DataFrame) -> None:
    picture = describe_cohort_heatmap(cells)
    assert picture.series[0].is_partial == (False, False, False, True)
    assert picture.series[1].is_small == (True, True, True, False)
    assert picture.footer.endswith(
        "Striped: the period is not over. Grey: fewer than 30 customers. "
        "* May hold older customers; not in the last row."
    )


def test_the_scale_rests_on_whole_cells_of_enough_customers(cells: pd.DataFrame) -> None:
    assert describe_cohort_heatmap(cells).scale_max == 0.2
    few = cells[cells["cohort_size"] == 10]
    assert describe_cohort_heatmap(few).scale_max == 0.5
    first = cells[cells["age"] == 0]
    assert describe_cohort_heatmap(first).scale_max == 1.0


def test_the_main_numbers_are_said_in_words(cells: pd.DataFrame, pooled: pd.DataFrame) -> None:
    assert describe_cohort_heatmap(cells, pooled=pooled).alt_text == (
        "Heatmap of 3 cohorts from 2024-01* to 2024-03, 190 customers. "
        "All cohorts by age: 1: 22.7%."
    )


def test_where_numbers_may_not_fit_the_scale_is_said(cells: pd.DataFrame) -> None:
    first = cells[cells["cohort_size"] == 100]
    ages = [first.assign(age=first["age"] + 4 * i, is_complete=True) for i in range(7)]
    assert "Darkest: 100% or more." in describe_cohort_heatmap(pd.concat(ages)).footer
    assert "Darkest" not in describe_cohort_heatmap(cells).footer


# refusals
def test_two_groups_in_one_table_are_refused(cells: pd.DataFrame) -> None:
    both = pd.concat([cells.assign(channel="web"), cells.assign(channel="shop")])
    with pytest.raises(ArgumentError, match="9 of 18 rows repeat the same cohort and age"):
        describe_cohort_heatmap(both)


def test_a_pooled_table_without_rates_is_refused(cells: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="pooled_retention: 1 of 3 needed columns"):
        describe_cohort_heatmap(cells, pooled=pd.DataFrame({"age": [1], "eligible": [2]}))
