"""Who moved, one by one, and as many as the matrix says."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from strategies import lines, shop_frame

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.stage_flow import stage_flow
from retention.tables.stage_movers import stage_movers

DAYS: dict[str, Any] = {"at_risk_after_days": 30, "lapsed_after_days": 90}


# Examples


def test_movers_by_hand() -> None:
    """a stays new; b comes again; c is silent; d joins; p is a prospect who buys, q one who appears."""
    frame = lines(
        "abbcdp", ["2024-01-31", "2024-01-10", "2024-02-10", "2024-01-10", "2024-02-29", "2024-02-11"]
    )  # fmt: skip
    people = pd.DataFrame({"customer_id": ["p", "q"]})
    people["first_seen_at"] = pd.to_datetime(["2024-01-02", "2024-02-01"])
    table = stage_movers(frame, since="2024-01-31", people=people, **DAYS)
    assert table[["customer_id", "from_stage", "to_stage"]].to_numpy().tolist() == [
        ["b", "new", "growing"],
        ["c", "new", "at_risk"],
        ["d", "not_yet_known", "new"],
        ["p", "prospect", "new"],
        ["q", "not_yet_known", "prospect"],
    ]
    assert table["days_since_last_order"].tolist() == [19, 50, 0, 18, pd.NA]
    assert table["purchase_days"].tolist() == [2, 1, 1, 1, 0]
    # Where no day is named it is the end of the month before.
    pd.testing.assert_frame_equal(stage_movers(frame, people=people, **DAYS), table)


# Laws


def test_as_many_as_the_matrix_says() -> None:
    orders = read_orders(shop_frame(customers=60))
    since = orders.as_of - pd.Timedelta(days=80)
    flow = stage_flow(orders, as_of=[since, orders.as_of], **DAYS)
    moved = flow[(flow["from_stage"] != flow["to_stage"]) & (flow["customers"] > 0)]
    listed = stage_movers(orders, since=since, **DAYS).value_counts(["from_stage", "to_stage"])
    assert len(moved) > 3
    assert listed.to_dict() == moved.set_index(["from_stage", "to_stage"])["customers"].to_dict()


# Refusals


def test_no_earlier_day() -> None:
    frame = lines("ab", ["2024-01-31", "2024-03-01"])
    with pytest.raises(ArgumentError, match="since: 2024-03-01 is not before as_of, 2024-03-01"):
        stage_movers(frame, since="2024-03-01", **DAYS)
    with pytest.raises(ArgumentError, match="lies before the first day of the orders"):
        stage_movers(frame, since="2023-03-01", **DAYS)
    with pytest.raises(ArgumentError, match=r"since: '02/01/2024' can be 2 January or 1 February"):
        stage_movers(frame, since="02/01/2024", **DAYS)
