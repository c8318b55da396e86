"""Whom it pays to contact."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.actions.contact_economics import COLUMNS, contact_economics
from retention.errors import ArgumentError


def customers(values: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(
        {"customer_id": [str(n) for n in range(len(values))], "expected_value": values}
    )


def economics(values: list[Any], **options: Any) -> pd.DataFrame:
    given = {"cost_per_contact": 1.0, "margin": 0.5, "uplift": 0.1}
    return contact_economics(customers(values), **{**given, **options})


# Examples


def test_a_curve_by_hand() -> None:
    table = economics([10.0, 100.0, 40.0], uplift_low=0.0, uplift_high=0.2)
    assert table["contacts"].tolist() == [0, 1, 2, 3]
    assert table["expected_gain"].tolist() == pytest.approx([0, 5, 7, 7.5])
    assert table["expected_profit"].tolist() == pytest.approx([0, 4, 5, 4.5])
    assert table["profit_low"].tolist() == pytest.approx([0, -1, -2, -3])
    assert table["profit_high"].tolist() == pytest.approx([0, 9, 12, 12])
    assert table["is_best"].tolist() == [False, False, True, False]
    assert np.isnan(table["lowest_value"][0])
    assert table["lowest_value"][1:].tolist() == [100, 40, 10]
    assert tuple(table.columns) == COLUMNS


def test_nobody_is_worth_a_dear_contact() -> None:
    table = economics([10.0, 100.0], cost_per_contact=50)
    assert table.loc[table["is_best"], "contacts"].tolist() == [0]
    assert table["profit_low"].isna().all()


def test_the_best_number_has_a_row_of_its_own() -> None:
    values = [30.0] * 333 + [1.0] * 9667
    table = economics(values)
    assert table.loc[table["is_best"], "contacts"].tolist() == [333]
    assert len(table) == 102


# Laws


@given(values=st.lists(st.floats(0, 1e6), min_size=1, max_size=60), uplift=st.floats(0.001, 0.5))
def test_the_best_are_those_above_break_even(values: list[float], uplift: float) -> None:
    table = economics(values, uplift=uplift)
    best = table[table["is_best"]]
    assert len(best) == 1
    apart = 1e-6 * (1 + max(values))
    even = 1 / (0.5 * uplift)
    assert sum(v > even + apart for v in values) <= best["contacts"].iloc[0]
    assert best["contacts"].iloc[0] <= sum(v > even - apart for v in values)
    assert table["expected_profit"].max() == best["expected_profit"].iloc[0]


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"margin": None}, r"margin: none given, .* margin=0.3 for 30 %"),
        ({"margin": 30}, r"margin: 30 is not above 0 and up to 1; 30 % is 0.3"),
        ({"cost_per_contact": -1}, r"cost_per_contact: -1 is no cost"),
        ({"uplift": 50}, r"uplift: 50 is not above -1 and up to 10; 5 % more is 0.05"),
        ({"uplift": "much"}, r"uplift: 'much' is not a number"),
        ({"uplift_low": 0.2}, r"uplift: 0.1 is not between uplift_low, 0.2, and uplift_high, inf"),
        ({"value": "clv"}, r"1 of 1 needed columns are missing \('clv'\)"),
    ],
)
def test_what_cannot_be_reckoned(options: dict[str, Any], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        economics([1.0, 2.0], **options)


def test_values_that_are_missing() -> None:
    with pytest.raises(ArgumentError, match="1 of 2 rows have no number in 'expected_value'"):
        economics([1.0, None])
    with pytest.raises(ArgumentError, match="0 of 0 rows"):
        economics([])
