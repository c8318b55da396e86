"""Columns are written by what the glossary says of them, rows by the figure that they name."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.export.column_format import FIGURE_COLUMNS, column_format, column_parts
from retention.names import GLOSSARY
from retention.orders.reconcile.reconcile import FIGURES

HEADLINES = (
    "customers", "orders", "purchase_days_per_customer", "amount", "average_order_value",
    "repeat_rate_180",
)  # fmt: skip
numbers = st.lists(st.floats(-1e12, 1e12) | st.just(float("nan")), min_size=1, max_size=8)


# examples
@pytest.mark.parametrize(
    ("name", "values", "form"),
    [
        ("retention_rate", [0.5], "percent"),
        ("amount", [3.0], "money"),
        ("quantity", [2.0, None], "integer"),
        ("quantity", [2.0, 0.5], "decimal"),
        ("overdue_ratio", [0.5], "decimal"),
        ("log_likelihood", [-3.0], "number"),
        ("a word of an analyst", [0.5], "number"),
        ("a word of an analyst", [2.0], "integer"),
    ],
)
def test_fractions_by_their_unit(name: str, values: list[float | None], form: str) -> None:
    assert column_format(pd.DataFrame({name: pd.Series(values, dtype="float64")}), 0) == form


def test_the_smallest_effect_of_a_plan_is_one_of_order_rates() -> None:
    frame = pd.DataFrame({"expected_value": [3e6], "order_rate": [0.14], "smallest_effect": [0.09]})
    assert [column_format(frame, place) for place in range(3)] == ["money", "percent", "percent"]


@pytest.mark.parametrize("naming", FIGURE_COLUMNS)
def test_a_row_that_names_a_figure_is_in_its_unit(naming: str) -> None:
    frame = pd.DataFrame({naming: ["orders", "revenue", "orders"], "amount": [1.0, 2.5, 3.0]})
    found = [(part.places, part.form) for part in column_parts(frame, 1)]
    assert found == [([0, 2], "integer"), ([1], "money")]


def test_whole_numbers_and_words_are_one_part() -> None:
    frame = pd.DataFrame({"name": ["orders", "repeat_rate_180"], "numerator": [1, 0]})
    assert [len(column_parts(frame, position)) for position in range(2)] == [1, 1]


def test_shares_stay_shares_beside_a_name_that_is_no_figure() -> None:
    frame = pd.DataFrame({"name": ["repeat_rate"], "lifecycle_rate": [0.5], "low": [0.0]})
    assert [column_parts(frame, position)[0].form for position in (1, 2)] == ["percent"] * 2


def test_every_figure_of_ours_has_a_unit() -> None:
    assert sorted({*FIGURES, *HEADLINES} - set(GLOSSARY)) == []


# laws
@given(values=numbers, data=st.data())
def test_each_cell_is_in_one_part(values: list[float], data: st.DataObject) -> None:
    figures = st.sampled_from([*HEADLINES, "something else"])
    named = data.draw(st.lists(figures, min_size=len(values), max_size=len(values)))
    parts = column_parts(pd.DataFrame({"name": named, "estimate": values}), 1)
    assert sorted(place for part in parts for place in part.places) == list(range(len(values)))


@given(values=numbers)
def test_columns_beside_each_other_are_written_alike(values: list[float]) -> None:
    frame = pd.DataFrame({"name": "purchase_days_per_customer", "estimate": values, "other": 1.5})
    assert [column_parts(frame, position)[0].form for position in (1, 2)] == ["decimal"] * 2


def test_limits_are_in_the_unit_of_the_estimate_before_them():
    """A lift stands among shares, and is none."""
    frame = pd.DataFrame({"value_rate": [0.5], "lift": [1.25], "low": [1.1], "high": [1.4]})
    assert [column_format(frame, place) for place in range(4)] == ["percent", *["decimal"] * 3]
    shares = frame[["lift", "value_rate", "low", "high"]]
    assert [column_format(shares, place) for place in (2, 3)] == ["percent"] * 2
    other = pd.DataFrame({"returned_rate": [0.5], "my own": [7.5], "low": [0.4]})
    assert column_format(other, 2) == "percent"
