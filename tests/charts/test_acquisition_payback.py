"""Margin over cost by cohort: what is drawn, said and refused."""

from __future__ import annotations

import pandas as pd
import pytest

import retention as rt
from retention.charts.acquisition_payback import (
    MOST_LINES,
    describe_acquisition_payback,
    plot_acquisition_payback,
)
from retention.charts.style import use_style
from retention.errors import ArgumentError


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    return rt.acquisition_payback(rt.sample_orders(), costs=rt.sample_costs(), margin=0.4)


# Examples


def test_lines_are_the_return_and_the_level_is_where_it_is_earned_back(paid):
    picture = describe_acquisition_payback(paid)
    # The last cohort had no cost.
    assert len(picture.series) == 11 + 1
    first, level = picture.series[0], picture.series[-1]
    assert first.name == "2024-01"
    assert first.values == pytest.approx([0.9 + 0.1 * age for age in range(12)])
    assert picture.series[1].values[-1] is None
    assert (level.name, set(level.values)) == ("Earned back", {1.0})
    # 0.9 - 0.03 n + 0.1 (11 - n) is at least 1 up to the eighth cohort, n = 7: 1.09.
    assert picture.finding == "8 of 11 cohorts have earned back what they cost"


def test_one_cohort_is_one(paid):
    picture = describe_acquisition_payback(paid[paid["cohort"] <= "2024-01-01"])
    assert picture.finding == "1 of 1 cohorts has earned back what it cost"
    assert picture.series[0].role == "accent"


def test_the_drawn_lines_are_those_of_the_table(sample):
    axes = plot_acquisition_payback(sample)
    picture = describe_acquisition_payback(sample)
    drawn = [line for line in axes.get_lines() if len(line.get_ydata()) == len(picture.categories)]
    assert drawn
    done = sample.groupby("cohort")["payback_age"].min().notna()
    assert picture.finding.startswith(f"{done.sum()} of {len(done)} cohorts have")
    assert "Spend of a month over the customers who first bought in it" in picture.footer


def test_many_cohorts_are_the_oldest_and_the_latest(paid):
    days = pd.date_range("2010-01-01", periods=60, freq="MS")
    table = pd.DataFrame(
        {"cohort": days, "age": 0, "return_on_spend": 0.5, "payback_age": pd.array([pd.NA] * 60)}
    )
    lines = describe_acquisition_payback(table).series[:-1]
    assert [lines[0].name, lines[1].name, lines[-1].name] == ["2010-01", "2012-01", "2014-12"]
    assert len(lines) == MOST_LINES + 1


def test_in_vietnamese(sample):
    with use_style(language="vi"):
        picture = describe_acquisition_payback(sample)
    assert "đã thu hồi" in picture.finding


# Refusals


def test_several_channels_at_once():
    table = rt.acquisition_payback(
        rt.sample_orders(), costs=rt.sample_costs(), margin=0.4, by="channel",
        touches=rt.sample_touches(),
    )  # fmt: skip
    with pytest.raises(ArgumentError, match=r"repeat the same cohort and age\. One chart"):
        describe_acquisition_payback(table)
    assert describe_acquisition_payback(table[table["channel"] == "Search"]).finding


def test_nothing_spent(paid):
    with pytest.raises(
        ArgumentError, match="none of the 78 rows has both new customers and a cost"
    ):
        describe_acquisition_payback(paid.assign(return_on_spend=float("nan")))
