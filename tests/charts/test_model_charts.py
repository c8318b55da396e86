"""What the charts of models say: numbers read back from pictures and axes."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.alive_history import describe_alive_history
from retention.charts.churn_list import describe_churn_list, plot_churn_list
from retention.charts.frequency_fit import describe_frequency_fit
from retention.charts.recency_frequency import (
    describe_recency_frequency,
    plot_recency_frequency,
)
from retention.charts.tracking import describe_tracking
from retention.errors import ArgumentError

# examples


def test_actual_and_expected_stand_side_by_side(counted):
    picture = describe_frequency_fit(counted)
    actual, expected = picture.series
    assert picture.categories[-1] == "7+"
    assert actual.values[0] == 971
    assert expected.low[0] < 931.3 < expected.high[0]
    assert "2 of 8 actual numbers lie outside" in picture.alt_text


def test_the_period_that_is_not_over_is_left_out(tracked):
    picture = describe_tracking(tracked)
    assert len(picture.categories) == 36
    assert [(mark.category, mark.series) for mark in picture.highlights] == [("2024-01", None)]


def test_summed_up_it_ends_at_the_sum(tracked):
    last = [line.values[-1] for line in describe_tracking(tracked, measure="cumulative").series]
    whole = tracked[tracked["is_complete"]]
    assert last == [whole["actual_orders"].sum(), pytest.approx(whole["expected_orders"].sum())]


def test_a_cell_holds_its_chance_and_its_customers(chances):
    picture = describe_recency_frequency(chances)
    assert picture.series[0].name == "14 or more"
    assert picture.series[1].name == "9–13"
    assert picture.categories[-1] == "731+"
    assert picture.series[0].values[5] is None
    assert picture.series[0].notes[5] == ""
    assert picture.series[0].is_small[0]
    words = [text.get_text() for text in plot_recency_frequency(chances).texts]
    assert words.count("2,125,764") == 11


def test_of_many_purchases_only_the_last_is_labelled(alive):
    assert len(describe_alive_history(alive).highlights) == 6
    often = alive.assign(has_order=alive.index % 10 == 0)
    assert [mark.label for mark in describe_alive_history(often).highlights] == ["Purchase 70"]


def test_the_list_begins_with_the_largest(called):
    picture = describe_churn_list(called.sample(frac=1, random_state=1), customers=3)
    assert picture.series[0].values == (3_400_000.0, 1_700_000.0, 3_400_000.0 / 3)
    assert picture.category_notes[1][1] == "silent 51 days, chance 93% → 49%"
    assert "VND" not in picture.y_label
    called.attrs["currency"] = "VND"
    assert (
        "within 90 days: 6.23 m of 13.6 m VND in all"
        in describe_churn_list(called, customers=3).y_label
    )


def test_a_customer_without_a_value_is_not_listed(called):
    called.loc[0, "value_at_risk"] = None
    assert len(plot_churn_list(called, customers=12).patches) == 12
    assert called["customer_id"][0] not in describe_churn_list(called).categories


# refusals


def test_no_value_at_risk_at_all(called):
    with pytest.raises(ArgumentError, match=r"none of 30 rows has a value_at_risk.*spend_fit="):
        describe_churn_list(called.assign(value_at_risk=float("nan")))


@pytest.mark.parametrize("customers", [0, 13])
def test_a_list_is_short(called, customers):
    with pytest.raises(ArgumentError, match=r"is not from 1 to 12: more cannot be read"):
        describe_churn_list(called, customers=customers)


def test_nothing_is_complete(tracked):
    with pytest.raises(ArgumentError, match=r"none of 37 periods is complete.*week"):
        describe_tracking(tracked.assign(is_complete=False))


def test_several_customers_in_one_line(alive):
    two = pd.concat([alive, alive.assign(customer_id="an")])
    with pytest.raises(ArgumentError, match=r"2 customers in one table cannot share a line"):
        describe_alive_history(two)
