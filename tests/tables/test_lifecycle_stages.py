"""Everybody stands in one stage, at every as_of."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.choose_lapse import choose_lapse
from retention.tables.lifecycle_rates import lifecycle_rates
from retention.tables.lifecycle_stages import STAGES, lifecycle_stages

AS_OF = pd.Timestamp("2024-12-31")
GROUPS = {
    "prospect": {"awareness"},
    "new": {"purchase"},
    "growing": {"growth"},
    "loyal": {"loyalty"},
    "won_back": {"growth"},
    "at_risk": {"purchase", "growth", "loyalty"},
    "lapsed_once": {"lost"},
    "lapsed": {"lost"},
}


def stage(*days_ago: int, **options: Any) -> tuple[str, str]:
    """Stage and group of one customer who bought so many days before as_of; 30 and 90 days."""
    days = [str(AS_OF - pd.Timedelta(days=days)) for days in days_ago]
    given_options = {"at_risk_after_days": 30, "lapsed_after_days": 90} | options
    table = lifecycle_stages(lines("a" * len(days), days), as_of=AS_OF, **given_options)
    return table["stage"].item(), table["group"].item()


# Examples


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ((0,), ("new", "purchase")),
        ((30,), ("new", "purchase")),
        ((31,), ("at_risk", "purchase")),
        ((90,), ("at_risk", "purchase")),
        ((91,), ("lapsed_once", "lost")),
        ((20, 10), ("growing", "growth")),
        ((60, 31), ("at_risk", "growth")),
        ((200, 91), ("lapsed", "lost")),
        ((30, 20, 10), ("loyal", "loyalty")),
        ((60, 50, 31), ("at_risk", "loyalty")),
        ((101, 10), ("won_back", "growth")),
        ((100, 10), ("growing", "growth")),
        ((300, 200, 140, 40), ("at_risk", "growth")),
        ((102, 11, 10), ("loyal", "loyalty")),
        ((400, 390, 300), ("lapsed", "lost")),
    ],
)
def test_by_hand(days_ago: tuple[int, ...], expected: tuple[str, str]) -> None:
    assert stage(*days_ago) == expected


def test_loyal_from_another_number_on() -> None:
    assert stage(30, 20, 10, loyal_orders=4) == ("growing", "growth")
    assert stage(20, 10, loyal_orders=2) == ("loyal", "loyalty")


def test_prospects_are_those_seen_by_then_who_have_not_bought() -> None:
    people = pd.DataFrame(
        {
            "customer_id": ["a", "p", "q", "p"],
            "first_seen_at": pd.to_datetime(
                ["2024-01-01", "2024-05-01", "2024-07-01", "2024-06-01"]
            ),
        }
    )
    orders = lines("ac", ["2024-06-30", "2024-06-01"])
    table = lifecycle_stages(
        orders, people=people, at_risk_after_days=30, lapsed_after_days=90, as_of="2024-06-30"
    )
    assert table[["customer_id", "stage"]].to_numpy().tolist() == [
        ["a", "new"],
        ["c", "new"],
        ["p", "prospect"],
    ]
    assert table["days_since_last_order"].tolist() == [0, 29, pd.NA]
    assert table["purchase_days"].tolist() == [1, 1, 0]


def test_thresholds_are_chosen_where_none_are_given() -> None:
    frame = lines("aab", ["2024-01-01", "2024-01-11", "2024-01-05"])
    table = lifecycle_stages(frame, as_of="2024-06-30")
    chosen = choose_lapse(frame, as_of="2024-06-30")
    lapsed = chosen.loc[chosen["is_lapsed_threshold"], "days_silent"].item()
    assert table["lapsed_after_days"].unique().tolist() == [lapsed]
    assert table["threshold_basis"].unique().tolist() == ["fallback"]


@pytest.mark.parametrize("returns", ["behaviour", "accounting"])
def test_several_days_in_one_pass_are_each_day_by_itself(returns: str) -> None:
    frame = lines(
        "aabba",
        ["2024-01-01", "2024-02-01", "2024-01-15", "2024-03-01", "2024-03-10"],
        amount=[10.0, 20.0, 5.0, 7.0, -20.0],
    )
    frame["order_id"] = ["1", "2", "3", "4", "2"]
    orders = read_orders(frame, as_of="2024-04-30", returns=returns)
    days = ["2024-02-15", "2024-03-15", "2024-04-30"]
    options = {"at_risk_after_days": 30, "lapsed_after_days": 60}
    whole = lifecycle_stages(orders, as_of=days, **options)
    for day in days:
        own = whole[whole["as_of"] == day].drop(columns="as_of").reset_index(drop=True)
        pd.testing.assert_frame_equal(own, lifecycle_stages(orders, as_of=day, **options))


# Laws


@pytest.mark.slow
@given(frame=order_frames())
def test_a_partition_at_every_as_of(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    people = pd.DataFrame({"customer_id": list("abcdexyz")})
    people["first_seen_at"] = frame["ordered_at"].min()
    for day in pd.date_range(orders.history_start, orders.as_of, periods=3).normalize():
        table = lifecycle_stages(
            orders, people=people, as_of=day, at_risk_after_days=30, lapsed_after_days=90
        )
        assert table["customer_id"].tolist() == list("abcdexyz")
        assert set(table["stage"]) <= set(STAGES)
        for found, group in zip(table["stage"], table["group"], strict=True):
            assert group in GROUPS[found]


# Refusals


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"lapsed_after_days": None}, "one is given without the other. Give both or neither"),
        ({"at_risk_after_days": 91}, r"at_risk_after_days: 91 is not between 1 and .* \(90\)"),
        ({"at_risk_after_days": 0}, "at_risk_after_days: 0 is not between 1 and"),
        ({"at_risk_after_days": 30.5}, "at_risk_after_days: 30.5 is not a whole number"),
        ({"loyal_orders": 1}, "loyal_orders: 1 is not a number of purchase days from 2 on"),
        ({"people": pd.DataFrame({"id": ["a"]})}, r"people: 2 of 2 needed columns are missing"),
    ],
)
def test_arguments_out_of_range(options: dict[str, Any], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        stage(1, **options)


@pytest.mark.parametrize(
    ("table", "name"),
    [(lifecycle_stages, "stage"), (lifecycle_stages, "as_of"), (lifecycle_rates, "name")],
)
def test_groups_that_are_columns_already_are_refused(table: Any, name: str) -> None:
    frame = pd.DataFrame(
        {"customer_id": ["a", "a"], "ordered_at": pd.to_datetime(["2024-01-01", "2024-02-01"]),
         "amount": 1.0, name: ["x", "y"]}
    )  # fmt: skip
    with pytest.raises(ArgumentError, match=f"by: 1 of 1 names mean something else .*'{name}'"):
        table(frame, by=name)
