"""When to act: by hand, and the steps of the curve that it is made of."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.kaplan_meier import kaplan_meier
from retention.tables.repurchase_curve import repurchase_curve
from retention.tables.repurchase_hazard import COLUMNS, SUMS, _clustered, repurchase_hazard
from retention.tables.repurchase_intervals import repurchase_intervals

# a is back after 30 days and after 31 more; b after 31; c is new.
FRAME = lines(
    "aaabbc",
    ["2024-01-01", "2024-01-31", "2024-03-02", "2024-01-01", "2024-02-01", "2024-04-30"],
)

# Examples


def test_by_hand() -> None:
    table = repurchase_hazard(FRAME, as_of="2024-04-30", min_at_risk=1)
    assert tuple(table.columns) == COLUMNS
    found = table[["order_number", "months_silent", "at_risk", "p_returned"]]
    assert found.to_numpy().tolist() == [
        # Day 30 is the last of the first month; c, who is seen for 0 days, is at risk on none.
        [1, 0, 2, 0.5],
        [2, 0, 2, 0],
        [2, 1, 2, 0.5],
        [3, 0, 1, 0],
    ]


def test_four_or_more_are_one_row() -> None:
    days = pd.date_range("2024-01-01", periods=7, freq="7D").strftime("%Y-%m-%d")
    table = repurchase_hazard(lines("a" * 7, list(days)), as_of="2024-06-30", min_at_risk=1)
    first = table[table["months_silent"] == 0].set_index("order_number")
    assert first["at_risk"].to_dict() == {4: 4}
    assert first["p_returned"][4] == pytest.approx(0.75)


def test_where_nobody_came_back_the_upper_limit_is_wilsons() -> None:
    frame = lines(list("abcdefghij"), ["2024-01-01"] * 10)
    row = repurchase_hazard(frame, as_of="2024-03-01").iloc[0]
    assert (row["at_risk"], row["p_returned"], row["low"]) == (10, 0, 0)
    assert row["high"] == pytest.approx(0.2775, abs=1e-4)


# Laws


def test_months_are_steps_of_the_curve() -> None:
    orders = read_orders(shop_frame(customers=200))
    table = repurchase_hazard(orders, min_at_risk=3)
    curve = repurchase_curve(orders, min_at_risk=3)
    first = curve[curve["order_number"] == 1].set_index("gap_days")
    row = table[table["order_number"] == 1].set_index("months_silent")
    assert len(row) > 3
    left = 1 - first["p_returned"]
    for month in row.index:
        start, end = 30 * month, 30 * month + 30
        assert row["p_returned"][month] == pytest.approx(1 - left[end] / left[start])
        assert row["at_risk"][month] == first["at_risk"][start + 1]


@given(frame=order_frames())
def test_one_gap_each_is_greenwood(frame: pd.DataFrame) -> None:
    """The first month of the first row is the curve at 30 days."""
    orders = read_orders(frame)
    intervals = repurchase_intervals(orders)
    curve = kaplan_meier(intervals[intervals["order_number"] == 1], min_at_risk=1)
    table = repurchase_hazard(orders, min_at_risk=1)
    row = table[(table["order_number"] == 1) & (table["months_silent"] == 0)]
    assert len(row) == (len(curve) > 30)
    if len(row) and 0 < row["p_returned"].iloc[0] < 1:
        expected = curve.loc[30, ["p_returned", "low", "high"]].astype(float).tolist()
        assert row[["p_returned", "low", "high"]].iloc[0].tolist() == pytest.approx(expected)


def test_limits_of_many_purchases_know_their_customers() -> None:
    """Four times as many customers of the same kind halve the interval."""
    random = np.random.default_rng(3)
    gaps = random.integers(5, 60, (40, 12)).cumsum(axis=1)
    who = np.repeat(np.arange(40), 12)
    start = pd.Timestamp("2022-01-01")
    frame = pd.DataFrame({"customer_id": who, "amount": 1.0})
    frame["ordered_at"] = start + pd.to_timedelta(gaps.ravel(), unit="D")
    copies = pd.concat([frame.assign(customer_id=frame["customer_id"] + 100 * i) for i in range(4)])
    once, four = (
        repurchase_hazard(orders, as_of="2024-12-31", min_at_risk=1)
        .query("order_number == 4 and months_silent == 0")
        .iloc[0]
        for orders in (frame, copies)
    )
    assert once["p_returned"] == pytest.approx(four["p_returned"])
    widths = [_width(row) for row in (once, four)]
    assert widths[0] == pytest.approx(2 * widths[1])


def _width(row: pd.Series) -> float:
    """On the scale on which the limits are symmetrical."""
    low, high = (np.log(-np.log(1 - row[name])) for name in ("low", "high"))
    return float(high - low)


# Refusals


def test_numbers_out_of_range() -> None:
    with pytest.raises(ArgumentError, match="min_at_risk: 0 is not a number of customers"):
        repurchase_hazard(FRAME, min_at_risk=0)


def test_the_influence_of_a_month_is_settled_and_still_open() -> None:
    """Those who are at risk in a later month are at risk in this one, too: 7 after the first, 4 after."""
    rows = [(0, 5.0, -1.0, 2.0), (1, 3.0, 0.5, 3.0), (2, 1.0, 0.0, 4.0)]
    squares = pd.DataFrame(rows, columns=["months_silent", *SUMS])
    found = _clustered(squares, np.array([0, 1, 2]), np.array([0.5, 0.2, 0.1]))
    assert found.tolist() == pytest.approx(
        [5 - 2 * 0.5 + 0.25 * 7, 3 + 2 * 0.2 * 0.5 + 0.04 * 4, 1.0]
    )


def test_a_month_in_which_nobody_was_at_risk_adds_nothing() -> None:
    squares = pd.DataFrame([(0, 5.0, -1.0, 2.0)], columns=["months_silent", *SUMS])
    found = _clustered(squares, np.array([0, 1]), np.array([0.5, 0.2]))
    assert found.tolist() == [5 - 2 * 0.5, 0.0]
