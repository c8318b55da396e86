"""The picture of the layer cake, and the names of ages and periods."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.ages import ages_of
from retention.charts.layer_cake import describe_layer_cake
from retention.errors import ArgumentError


def _monthly(count: int, start: str = "2020-01-01") -> pd.DataFrame:
    """Each month's cohort spends 10 in its own month and 1 in each of the two after it."""
    cohorts = pd.date_range(start, periods=count, freq="MS").repeat(3)
    ages = [0, 1, 2] * count
    amounts = [10.0, 1.0, 1.0] * count
    return pd.DataFrame({"cohort": cohorts, "age": ages, "amount": amounts, "is_complete": True})


# examples
def test_layers_add_up_by_calendar_period(value: pd.DataFrame) -> None:
    cake = describe_layer_cake(value)
    assert cake.categories == ("2024-01", "2024-02", "2024-03", "2024-04")
    assert {layer.name: layer.values for layer in cake.series} == {
        "2024-01": (10_000_000.0, 2_000_000.0, 1_000_000.0, 400_000.0),
        "2024-02": (0.0, 1_000_000.0, 500_000.0, 100_000.0),
        "2024-03": (0.0, 0.0, 8_000_000.0, 400_000.0),
    }
    assert cake.series[0].is_partial == (False, False, False, True)
    assert cake.y_label == "Net amount, VND"


@pytest.mark.parametrize(
    ("months", "first", "last", "layers"),
    [(8, "2020-01", "2020-08", 8), (9, "2020-Q1", "2020-Q3", 3), (30, "2020", "2022", 3)],
)
def test_cohorts_are_put_together_by_quarter_or_year(
    months: int, first: str, last: str, layers: int
) -> None:
    cake = describe_layer_cake(_monthly(months))
    names = [layer.name for layer in cake.series]
    assert (names[0], names[-1], len(names)) == (first, last, layers)


def test_more_than_eight_years_have_a_layer_for_what_was_before() -> None:
    cake = describe_layer_cake(_monthly(12 * 11))
    names = [layer.name.strip() for layer in cake.series]
    assert names == ["before 2024", *(str(year) for year in range(2024, 2031))]


# laws
@pytest.mark.parametrize("months", [1, 9, 40, 130])
def test_no_money_is_lost(months: int) -> None:
    cake = describe_layer_cake(_monthly(months))
    assert sum(v or 0 for layer in cake.series for v in layer.values) == 12.0 * months
    assert len(cake.series) <= 8


@pytest.mark.parametrize(
    ("starts", "period"),
    [
        (["2024-01-01"], "month"),
        (["2024-01-01", "2024-04-01"], "quarter"),
        (["2023-01-01", "2024-01-01"], "year"),
        (["2024-01-01", "2024-01-08"], "week"),
        (["2024-01-01", "2024-01-02"], "day"),
        (["2024-01-01", "2024-02-01"], "month"),
    ],
)
def test_the_period_is_guessed_where_the_caption_is_lost(starts: list[str], period: str) -> None:
    table = pd.DataFrame({"cohort": pd.to_datetime(starts)})
    assert ages_of(table, None) == (period, "calendar")
    assert ages_of(table, "day") == ("day", "calendar")


# refusals
def test_an_unknown_period_is_refused(value: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="period: 'moon' is not one of 'day'"):
        describe_layer_cake(value, period="moon")
