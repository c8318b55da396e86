"""Pictures of one row per customer: stages, purchase days, value, risk; and of the three rates."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.charts.churn_risk import describe_churn_risk
from retention.charts.customer_value import describe_customer_value
from retention.charts.lifecycle_rates import describe_lifecycle_rates
from retention.charts.lifecycle_stages import describe_lifecycle_stages
from retention.charts.purchase_days import describe_purchase_days
from retention.errors import ArgumentError


# examples
def test_stages_stand_in_the_order_of_a_life(customers: pd.DataFrame) -> None:
    picture = describe_lifecycle_stages(customers)
    assert dict(zip(picture.categories, picture.series[0].values, strict=True)) == {
        "New": 8.0,
        "Growing": 0.0,
        "Loyal": 2.0,
        "At risk": 4.0,
        "Won back": 0.0,
        "Lapsed after one purchase": 6.0,
        "Lapsed": 0.0,
    }
    assert picture.category_notes[0] == ("New", "40.0%")


def test_prospects_come_first_where_they_are_known() -> None:
    table = pd.DataFrame({"customer_id": ["a", "b"], "stage": ["lapsed", "prospect"]})
    assert describe_lifecycle_stages(table).categories[0] == "Prospect"


def test_purchase_days_from_five_on_are_one_bar(customers: pd.DataFrame) -> None:
    picture = describe_purchase_days(customers)
    assert picture.series[0].values == (14.0, 2.0, 1.0, 0.0, 3.0)
    assert picture.category_notes[0] == ("1", "70.0%")


def test_value_is_shared_by_tenths(customers: pd.DataFrame) -> None:
    picture = describe_customer_value(customers)
    assert picture.categories[:2] == ("Top 10%", "10–20%")
    assert picture.series[0].values[0] == pytest.approx((2**19 + 2**18) / (2**20 - 1))


def test_of_twelve_customers_those_between_two_tenths_count_for_both() -> None:
    values = [40.0, *([5.0] * 11)]
    table = pd.DataFrame({"customer_id": list("abcdefghijkl"), "expected_value": values})
    shares = describe_customer_value(table).series[0].values
    assert shares[0] == pytest.approx((40 + 0.2 * 5) / 95)
    assert shares[1:] == pytest.approx([1.2 * 5 / 95] * 9)


def test_chances_fall_into_ten_bars_and_1_into_the_last() -> None:
    chances = [0.0, 0.09, 0.1, 0.55, 0.9, 1.0]
    table = pd.DataFrame({"customer_id": list("abcdef"), "p_no_order": chances, "horizon_days": 90})
    picture = describe_churn_risk(table)
    assert picture.series[0].values == (2.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0)
    assert picture.title == "Customers by their chance of no order in the next 90 days"


def test_rates_are_grouped_by_basis_and_an_unknown_one_is_no_bar(rates: pd.DataFrame) -> None:
    picture = describe_lifecycle_rates(rates)
    assert picture.categories == ("Customer rate", "Repeat rate", "Loyalty rate")
    written, mature = picture.series
    assert (written.role, written.values) == ("muted", (0.8, 0.4, 0.5))
    assert (mature.role, mature.values) == ("main", (0.7, 0.3, None))
    assert mature.low == (0.6, 0.2, None)


def test_the_title_names_the_rates_that_are_drawn(rates: pd.DataFrame) -> None:
    without_people = rates[rates["name"] != "customer_rate"]
    of_people = rates[rates["name"] == "customer_rate"]
    titles = [describe_lifecycle_rates(table).title for table in (rates, without_people, of_people)]
    assert titles == [
        "Customer rate, repeat rate and loyalty rate",
        "Repeat rate and loyalty rate",
        "Customer rate",
    ]


# laws
@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.01, 1e9), min_size=1, max_size=45))
def test_shares_of_value_fall_and_add_up_to_one(values: list[float]) -> None:
    table = pd.DataFrame(
        {"customer_id": [str(i) for i in range(len(values))], "expected_value": values}
    )
    picture = describe_customer_value(table)
    shares = [share or 0.0 for share in picture.series[0].values]
    assert sum(shares) == pytest.approx(1)
    assert all(one >= other - 1e-9 for one, other in pairwise(shares))
    assert len(shares) == min(10, len(values)) == len(set(picture.categories))


# refusals
def test_an_unknown_stage_is_refused() -> None:
    table = pd.DataFrame({"customer_id": ["a"], "stage": ["asleep"]})
    with pytest.raises(ArgumentError, match=r"1 of 1 stages are unknown \('asleep'\)"):
        describe_lifecycle_stages(table)


def test_a_customer_twice_is_refused() -> None:
    table = pd.DataFrame({"customer_id": ["a", "a"], "stage": ["new", "new"]})
    with pytest.raises(ArgumentError, match="1 of 2 rows repeat the same customer_id"):
        describe_lifecycle_stages(table)


@pytest.mark.parametrize(
    ("values", "words"),
    [([1.0, None], "1 of 2 rows have no expected_value"), ([0.0, 0.0], "all 2 customers is 0")],
)
def test_value_that_cannot_be_shared_is_refused(values: list[float], words: str) -> None:
    table = pd.DataFrame({"customer_id": ["a", "b"], "expected_value": values})
    with pytest.raises(ArgumentError, match=words):
        describe_customer_value(table)


def test_chances_beyond_one_and_mixed_horizons_are_refused() -> None:
    table = pd.DataFrame({"customer_id": ["a", "b"], "p_no_order": [0.5, 1.5], "horizon_days": 90})
    with pytest.raises(ArgumentError, match="1 of 2 rows have no p_no_order between 0 and 1"):
        describe_churn_risk(table)
    with pytest.raises(ArgumentError, match="2 different horizon_days"):
        describe_churn_risk(table.assign(p_no_order=0.5, horizon_days=[30, 90]))
