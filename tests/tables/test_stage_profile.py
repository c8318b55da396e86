"""Stages beside everybody, attribute by attribute."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from strategies import lines, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.lifecycle_stages import lifecycle_stages
from retention.tables.lift import lift_interval
from retention.tables.stage_profile import stage_profile

DAYS: dict[str, Any] = {"at_risk_after_days": 30, "lapsed_after_days": 90}
FRAME = lines(
    "abcd", ["2024-03-01", "2024-03-02", "2024-03-03", "2024-01-01"],
    channel=["web", "web", "shop", "shop"],
)  # fmt: skip
PEOPLE = pd.DataFrame(
    {
        "customer_id": list("abcdpq"),
        "first_seen_at": pd.to_datetime(["2024-01-01"] * 6),
        "gender": ["f", "m", "f", None, "f", "m"],
        "channel": ["ad"] * 6,
    }
)


# Examples


def test_shares_and_lift_by_hand() -> None:
    table = stage_profile(FRAME, by="channel", **DAYS)
    row = table.set_index(["attribute_value", "stage"]).loc["web", "new"]
    assert row[["customers", "stage_size", "value_rate", "overall_rate", "lift"]].tolist() == [
        2, 3, 2 / 3, 0.5, pytest.approx(4 / 3),
    ]  # fmt: skip
    low, high = lift_interval([2], [3], [2], [4])
    assert row[["low", "high"]].tolist() == pytest.approx([low[0], high[0]])


def test_what_people_are_and_where_prospects_came_from() -> None:
    """Only people have a gender; the channel of a buyer is that of the first order."""
    table = stage_profile(FRAME, by=["gender", "channel"], people=PEOPLE, **DAYS)
    counts = table.set_index(["attribute_value", "stage"])["customers"]
    assert counts["f", "prospect"] == 1
    assert counts["f", "new"] == 2
    assert counts["(missing)", "at_risk"] == 1
    assert counts["ad", "prospect"] == 2
    assert counts["web", "new"] == 2
    assert ("ad", "new") in counts.index
    assert counts["ad", "new"] == 0


def test_an_empty_stage_beside_one_value_for_all_is_no_number() -> None:
    frame = lines("abc", ["2024-03-01", "2024-03-02", "2024-03-03"], channel="web")
    table = stage_profile(frame, by="channel", **DAYS)
    empty = table[table["stage_size"] == 0]
    assert len(empty) > 0
    assert empty[["value_rate", "lift", "low", "high"]].isna().all(axis=None)


def test_rare_values_are_one_group() -> None:
    frame = lines("abcdef", ["2024-03-01"] * 6, city=["x", "x", "y", "y", "z", "w"])
    values = stage_profile(frame, by="city", top=2, **DAYS)["attribute_value"].unique()
    assert values.tolist() == ["x", "y", "(other)"]


# Laws


def test_values_add_up_to_the_stages() -> None:
    orders = read_orders(shop_frame(customers=60))
    table = stage_profile(orders, by="channel", **DAYS)
    stages = lifecycle_stages(orders, **DAYS)["stage"].value_counts()
    sums = table.groupby("stage")["customers"].sum()
    assert sums[sums > 0].to_dict() == stages.to_dict()
    sizes = table[table["stage_size"] > 0].groupby("stage")["value_rate"].sum()
    assert sizes.tolist() == pytest.approx([1.0] * len(sizes))


# Refusals


def test_unknown_attributes() -> None:
    with pytest.raises(ArgumentError, match="by: the orders have no attribute 'gender'"):
        stage_profile(FRAME, by="gender", **DAYS)
    with pytest.raises(ArgumentError, match="by: no attribute is named"):
        stage_profile(FRAME, by=[], **DAYS)
    with pytest.raises(ArgumentError, match="top: 0 is not a number of values from 1 on"):
        stage_profile(FRAME, by="channel", top=0, **DAYS)
