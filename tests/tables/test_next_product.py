"""What is bought next: by hand, and how often the limits of a lift hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.lift import lift_interval
from retention.tables.next_product import COLUMNS, next_product

# Tea, then cup after 5 and 9 days, then pot after 3; cup and nothing; pot and, too late, tea.
FRAME = lines(
    "aaabbcdd",
    ["2024-01-01", "2024-01-06", "2024-01-09", "2024-01-01", "2024-01-10", "2024-01-02",
     "2024-01-03", "2024-02-20"],
    product=["tea", "cup", "pot", "tea", "cup", "cup", "pot", "tea"],
)  # fmt: skip
OPTIONS: dict[str, Any] = {"as_of": "2024-03-31", "within_days": 30}

# Examples


def test_by_hand() -> None:
    table = next_product(FRAME, **OPTIONS)
    assert tuple(table.columns) == COLUMNS
    first = table[table["order_number"] == 1].set_index(["item", "next_item"])
    assert first["eligible"].groupby("item").first().to_dict() == {"cup": 1, "pot": 1, "tea": 2}
    assert first.loc[first["returned"] > 0, "returned"].to_dict() == {("tea", "cup"): 2}
    way = first.loc[("tea", "cup")]
    assert (way["next_rate"], way["overall_rate"], way["lift"]) == (1, 0.5, 2)
    assert way["median_gap_days"] == 5
    # A way that nobody went is a row with 0; where nobody ends, there is no lift.
    assert len(first) == 9
    assert first.loc[("cup", "cup"), "lift"] == 0
    assert first.loc["tea"]["lift"].isna().to_dict() == {"cup": False, "tea": True, "pot": True}
    assert table.attrs["customers"] == first.groupby("item")["eligible"].first().sum() == 4
    second = table[(table["order_number"] == 2) & (table["returned"] > 0)]
    assert second[["item", "next_item", "eligible"]].to_numpy().tolist() == [["cup", "pot", 2]]


def test_only_those_seen_long_enough() -> None:
    table = next_product(FRAME, as_of="2024-02-01", within_days=30)
    # On the first of February, the purchases of the second of January are 30 days old.
    sizes = table[table["order_number"] == 1].groupby("item")["eligible"].first()
    assert sizes.to_dict() == {"cup": 1, "tea": 2}


def test_a_day_has_the_product_of_its_first_order() -> None:
    frame = lines(
        "aaa", ["2024-01-01 09:00", "2024-01-01 08:00", "2024-01-05"],
        order_id=["1", "2", "3"], product=["cup", "tea", "pot"],
    )  # fmt: skip
    table = next_product(frame, as_of="2024-03-01", within_days=30)
    assert table.loc[table["returned"] > 0, "item"].tolist() == ["tea"]


def test_the_rest_is_taken_together_and_missing_is_an_item() -> None:
    frame = FRAME.assign(product=FRAME["product"].where(FRAME["product"] != "pot"))
    table = next_product(frame, max_items=2, **OPTIONS)
    assert set(table["item"]) == {"cup", "tea", "(other)"}
    table = next_product(frame, **OPTIONS)
    assert "(missing)" in set(table["item"])


def test_nobody_seen_long_enough() -> None:
    table = next_product(FRAME, within_days=400)
    assert table.empty
    assert tuple(table.columns) == COLUMNS


# Laws


@given(frame=order_frames())
def test_rates_add_up_to_those_who_came_back(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    table = next_product(orders, within_days=60)
    ways = table.groupby(["order_number", "item"])
    assert (ways["returned"].sum() <= ways["eligible"].first()).all()
    # The mean of the lifts, weighted by those eligible, is 1.
    known = table.dropna(subset=["lift"])
    for _, part in known.groupby(["order_number", "next_item"]):
        mean = np.average(part["lift"], weights=part["eligible"])
        assert mean == pytest.approx(1)
    assert (known["low"] <= known["lift"] + 1e-12).all()
    assert (known["lift"] <= known["high"] + 1e-12).all()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("group", "others", "rate", "of_others"),
    [(50, 950, 0.1, 0.1), (200, 800, 0.3, 0.15), (30, 3000, 0.1, 0.02), (500, 500, 0.05, 0.05)],
)
def test_limits_hold_95_times_in_100(
    seed: int, group: int, others: int, rate: float, of_others: float
) -> None:
    random, runs = np.random.default_rng(seed), 20_000
    mine, theirs = random.binomial(group, rate, runs), random.binomial(others, of_others, runs)
    everybody = np.full(runs, group + others)
    low, high = lift_interval(mine, np.full(runs, group), mine + theirs, everybody)
    share = group / (group + others)
    truth = rate / (share * rate + (1 - share) * of_others)
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.95, abs=0.02)


def test_the_same_everywhere(backend: Any) -> None:
    frame = shop_frame()
    theirs, ours = (
        next_product(orders, item="channel", within_days=60)
        for orders in (backend.orders(frame), read_orders(frame))
    )
    pd.testing.assert_frame_equal(theirs, ours)


# Refusals


def test_no_such_attribute() -> None:
    with pytest.raises(
        ArgumentError, match="item: the orders have no attribute 'category'; they have 'product'"
    ):
        next_product(FRAME, item="category")


@pytest.mark.parametrize("name", ["within_days", "max_items"])
def test_numbers_out_of_range(name: str) -> None:
    with pytest.raises(ArgumentError, match=f"{name}: 0 is not a number of"):
        next_product(FRAME, **{name: 0})


# References


def test_a_ratio_with_nothing_in_it() -> None:
    """Nobody of the group: 0 up to some limit; nobody of the others: up to what the share allows."""
    low, high = lift_interval([0, 5], [10, 10], [20, 5], [100, 100])
    assert low[0] == 0
    assert 0 < high[0] < 5
    assert high[1] == pytest.approx(10)
    assert 1 < low[1] < 10
    everybody = lift_interval([5], [10], [5], [10])
    assert [limit[0] for limit in everybody] == [1, 1]
    assert np.isnan(lift_interval([0], [10], [0], [100])).all()
