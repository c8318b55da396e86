"""Gaps between purchase days, the open ones included."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary
from retention.tables.repurchase_intervals import repurchase_intervals

FRAME = lines(
    "aaaabb", ["2024-01-01", "2024-01-01", "2024-01-11", "2024-01-31", "2024-01-03", "2024-01-13"]
)

# Examples


def test_by_hand() -> None:
    table = repurchase_intervals(FRAME)
    assert table.to_numpy().tolist() == [
        [1, 10, False, 2],
        [2, 18, True, 1],
        [2, 20, False, 1],
        [3, 0, True, 1],
    ]
    assert table.attrs["customers"] == 2


def test_at_an_earlier_day() -> None:
    table = repurchase_intervals(FRAME, as_of="2024-01-12")
    assert table.to_numpy().tolist() == [[1, 9, True, 1], [1, 10, False, 1], [2, 1, True, 1]]


def test_groups_are_those_of_the_first_order() -> None:
    frame = FRAME.assign(channel=["x", "x", "y", "y", None, "y"])
    table = repurchase_intervals(frame, by="channel")
    assert table.groupby("channel")["customers"].sum().to_dict() == {"(missing)": 2, "x": 3}


# Laws


@given(frame=order_frames())
def test_gaps_add_up_to_the_time_observed(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    table, customers = repurchase_intervals(orders), customer_summary(orders)
    assert (table["gap_days"] * table["customers"]).sum() == customers["T"].sum()
    assert table["customers"].sum() == customers["purchase_days"].sum()
    assert (table.loc[~table["is_censored"], "gap_days"] >= 1).all()


# Refusals


def test_as_of_after_the_orders() -> None:
    with pytest.raises(ArgumentError, match="2024-02-01 lies after the orders' own"):
        repurchase_intervals(read_orders(FRAME), as_of="2024-02-01")
