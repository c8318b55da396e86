"""Customers of whom it is known who returns, and when."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.errors import ArgumentError
from retention.orders.simulate_repurchases import simulate_repurchases

# Examples


def test_the_same_seed_gives_the_same_frame() -> None:
    one, same, other = (
        simulate_repurchases(customers=500, random_state=seed) for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)


def test_nobody_buys_beyond_the_last_day_nor_more_than_twice() -> None:
    frame = simulate_repurchases(customers=20_000, days=50, scale_days=5)
    days = frame["ordered_at"].agg(["min", "max"]).dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2024-01-01", "2024-02-19"]
    counts = frame["customer_id"].value_counts()
    assert len(counts) == 20_000
    assert set(counts) == {1, 2}


@pytest.mark.parametrize(("p_return", "most"), [(0.0, 1), (1.0, 2)])
def test_none_and_all(p_return: float, most: int) -> None:
    frame = simulate_repurchases(customers=100, days=4000, p_return=p_return, scale_days=0.1)
    assert frame["customer_id"].value_counts().min() == most


# Refusals


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ({"customers": 0}, "customers: 0 is below 1"),
        ({"days": 1.5}, "days: 1.5 is not a whole number"),
        ({"p_return": 45}, "p_return: 45 is not a share from 0 to 1"),
        ({"shape": 0}, "shape: 0 is not above 0"),
        ({"scale_days": -1}, "scale_days: -1 is not above 0"),
    ],
)
def test_numbers_out_of_range(argument: dict[str, Any], words: str) -> None:
    with pytest.raises(ArgumentError, match=words):
        simulate_repurchases(**argument)
