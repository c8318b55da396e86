"""From purchase to purchase: by hand, and the same numbers as the curve where nobody is censored."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines, order_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_ladder import COLUMNS, repurchase_ladder
from retention.tables.wilson import wilson_interval

# Back after 20, 50 and 400 days; b never; c, the newest, seen for 35 days.
FRAME = lines(
    "aaaabc",
    ["2023-01-01", "2023-01-21", "2023-03-12", "2024-04-15", "2023-02-01", "2024-04-30"],
)
AS_OF = "2024-06-04"

# Examples


def test_by_hand() -> None:
    table = repurchase_ladder(FRAME, as_of=AS_OF, reach_days=75)
    assert tuple(table.columns) == COLUMNS
    counts = table.set_index(["order_number", "within_days"])[["eligible", "returned"]]
    # c was seen for 30 days, not for 60.
    assert counts.loc[1, :].to_numpy().tolist() == [[3, 1], [2, 1], [2, 1], [2, 1], [2, 1]]
    # The second purchase after 20 days, the third 50 days later; 75 + 365 days are seen.
    assert counts.loc[2, :].to_numpy().tolist() == [[1, 0], [1, 1], [1, 1], [1, 1], [1, 1]]
    # The third purchase on day 70; the fourth, 400 days later, lies beyond the year.
    assert counts.loc[3, :].to_numpy().tolist() == [[1, 0]] * 5
    assert set(table["order_number"]) == {1, 2, 3}
    assert table.index.tolist() == list(range(15))


def test_the_last_day_is_the_end_of_a_year() -> None:
    table = repurchase_ladder(
        lines("aa", ["2022-01-01", "2023-01-01"]), as_of="2024-06-04", reach_days=75
    )
    steps = table[table["order_number"] == 1].set_index("within_days")["returned"]
    assert steps.to_dict() == {30: 0, 60: 0, 90: 0, 180: 0, 365: 1}


def test_medians_are_of_those_back_within_a_year() -> None:
    table = repurchase_ladder(FRAME, as_of=AS_OF, reach_days=75)
    medians = table.drop_duplicates("order_number").set_index("order_number")["median_gap_days"]
    assert medians.loc[[1, 2]].tolist() == [20, 50]
    assert pd.isna(medians[3])
    early = repurchase_ladder(FRAME, as_of="2023-12-31")
    assert early["median_gap_days"].isna().all()


def test_half_of_them_is_enough_for_the_median() -> None:
    """Back after 20 and after 50 days."""
    frame = lines("aabb", ["2023-01-01", "2023-01-21", "2023-01-01", "2023-02-20"])
    assert repurchase_ladder(frame, as_of=AS_OF)["median_gap_days"].iloc[0] == 20


def test_limits_are_wilsons() -> None:
    table = repurchase_ladder(shop_frame())
    low, high = wilson_interval(table["returned"], table["eligible"])
    assert table["low"].tolist() == low.tolist()
    assert table["high"].tolist() == high.tolist()


def test_by_category_and_to_the_same() -> None:
    frame = FRAME.assign(category=["tea", "cup", "tea", "tea", "cup", "tea"])
    anything, same = (
        repurchase_ladder(frame, as_of=AS_OF, by="category", returning_to=to).query(
            "order_number == 1 and category == 'tea'"
        )
        for to in ("anything", "same")
    )
    assert anything["returned"].tolist() == [1, 1, 1, 1, 1]
    assert same["returned"].tolist() == [0, 0, 1, 1, 1]


def test_nobody_bought() -> None:
    frame = lines("aa", ["2024-01-01", "2024-01-05"], order_id="1", amount=[1.0, -1.0])
    assert repurchase_ladder(frame).empty
    assert tuple(repurchase_ladder(frame).columns) == COLUMNS


# Laws


@pytest.mark.slow
@given(frame=order_frames(), reach_days=st.integers(1, 200))
def test_after_later_purchases_it_is_the_curve(frame: pd.DataFrame, reach_days: int) -> None:
    """Everybody eligible was seen to the end, so that the curve is a plain share."""
    orders = read_orders(frame)
    ladder = repurchase_ladder(orders, reach_days=reach_days)
    for within, rungs in ladder[ladder["order_number"] > 1].groupby("within_days"):
        curve = repurchase_curve(orders, reach_days=reach_days, within_days=within, min_at_risk=1)
        ends = curve[curve["order_number"] > 1].groupby("order_number").last()
        expected = ends.loc[rungs["order_number"], "p_returned"]
        assert rungs["repurchase_rate"].tolist() == pytest.approx(expected.tolist())


# Refusals


def test_numbers_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="reach_days: 0 is not a number of days from 1 on"):
        repurchase_ladder(FRAME, reach_days=0)
    with pytest.raises(ArgumentError, match="by: the orders have no attribute 'x'"):
        repurchase_ladder(FRAME, by="x")
