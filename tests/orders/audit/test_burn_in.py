"""The first cohorts of an extract hold old customers who look new."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.orders.audit.burn_in import inflated_periods
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.pooled_retention import pooled_retention

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times


def newcomers(*sizes: int) -> pd.DataFrame:
    """So many new customers in each month from January 2023 on; each comes back a month later."""
    months = pd.date_range("2023-01-01", periods=len(sizes) + 1, freq="MS")
    rows = [
        (f"m{month}c{number}", months[month + later])
        for month, size in enumerate(sizes)
        for number in range(size)
        for later in (0, 1)
    ]
    return pd.DataFrame(rows, columns=["customer_id", "ordered_at"]).assign(amount=1.0)


# Examples


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([900, 300, 100, 110, 90, 100, 105, 95, 100], 2),
        ([150, 100, 100, 100, 100, 100, 100], 0),
        ([151, 100, 100, 100, 100, 100, 100], 1),
        ([900, 100, 100, 100, 100, 100], 0),
        ([100, 900, 100, 100, 100, 100, 100, 100], 0),
        ([300, *[100] * 12, *[1000] * 20], 1),
        ([], 0),
    ],
    ids=["two", "not above", "above", "too short", "later peak", "only twelve follow", "none"],
)
def test_inflated_periods(sizes: list[int], expected: int) -> None:
    assert inflated_periods(sizes) == expected


def test_flagged_cohorts_stay_out_of_the_pool() -> None:
    frame = newcomers(8, 2, 2, 2, 2, 2, 2)
    orders = read_orders(frame)
    assert orders.burn_in_end == pd.Timestamp("2023-02-01")
    assert (
        "Cohorts before 2023-02-01"
        in orders.audit.set_index("rule").loc["left_truncation", "action"]
    )
    cells = cohort_retention(orders)
    assert cells.loc[cells["is_burn_in"], "cohort"].unique().tolist() == [
        pd.Timestamp("2023-01-01")
    ]
    assert pooled_retention(cells)["eligible"].iloc[0] == 12


def test_months_without_newcomers_are_passed_over() -> None:
    assert read_orders(newcomers(6, 0, 2, 2, 2, 2, 2, 2)).burn_in_end == pd.Timestamp("2023-03-01")


def test_a_number_overrules() -> None:
    frame = newcomers(8, 2, 2, 2, 2, 2, 2)
    assert read_orders(frame, burn_in_days=0).burn_in_end is None
    assert read_orders(frame, burn_in_days=45).burn_in_end == pd.Timestamp("2023-02-15")


# Laws


@given(st.lists(st.integers(1, 1000), max_size=20), st.integers(1, 50))
def test_only_proportions_count(sizes: list[int], factor: int) -> None:
    assert inflated_periods([size * factor for size in sizes]) == inflated_periods(sizes)


@given(st.lists(st.integers(1, 1000), max_size=30))
def test_at_least_six_must_follow(sizes: list[int]) -> None:
    assert inflated_periods(sizes) <= max(len(sizes) - 6, 0)
