"""Orders of one line are not grouped, and come out as if they were."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal
from strategies import order_frames, refunded_frames, shop_frame

from retention.engine import order_sharing
from retention.engine.frames import to_arrow
from retention.engine.order_sharing import by_sharing, shared_order_ids
from retention.orders.read import read_orders


@pytest.fixture
def is_for_small_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order_sharing, "LEAST_LINES", 1)
    monkeypatch.setattr(order_sharing, "MOST_SHARED", 1.0)


def both_ways(frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, **options: Any) -> list[Any]:
    made = []
    for least in (10**9, 1):
        monkeypatch.setattr(order_sharing, "LEAST_LINES", least)
        monkeypatch.setattr(order_sharing, "MOST_SHARED", 1.0)
        orders = read_orders(frame, **options)
        cut = orders.at(orders.history_start + (orders.as_of - orders.history_start) / 2)
        made.append((orders.to_pandas(), cut.to_pandas(), orders.audit))
    return made


# Examples


@pytest.mark.usefixtures("is_for_small_tables")
def test_an_order_with_two_lines_and_one_with_a_refund_are_shared() -> None:
    lines = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", "c", "c"],
            "order_id": ["1", "1", "2", "3", "C3"],
            "ordered_at": pd.to_datetime(["2024-01-01"] * 4 + ["2024-01-09"]),
            "amount": [1.0, 2.0, 3.0, 4.0, -4.0],
            "product": list("PQPPP"),
        }
    )
    orders = read_orders(lines)
    shared = shared_order_ids(orders.checked)
    assert sorted(to_arrow(shared)["order_id"].to_pylist()) == ["1", "3"]
    alone, together = by_sharing(orders.checked, shared)
    assert sorted(to_arrow(alone)["order_id"].to_pylist()) == ["2", "C3"]
    assert sorted(to_arrow(together)["order_id"].to_pylist()) == ["1", "1", "3"]
    assert orders.to_pandas()["amount"].tolist() == [3.0, 3.0]


def test_small_tables_and_tables_of_items_are_grouped(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = shop_frame()
    assert shared_order_ids(read_orders(frame).checked) is None
    monkeypatch.setattr(order_sharing, "LEAST_LINES", 1)
    items = pd.concat([frame, frame.assign(amount=1.5)]).sort_values("order_id")
    assert shared_order_ids(read_orders(items).checked) is None


# Laws


@pytest.mark.slow
@given(frame=order_frames())
def test_nothing_changes_where_every_line_is_an_order(
    frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    for grouped, split in zip(*both_ways(frame, monkeypatch), strict=True):
        assert_frame_equal(grouped, split)


@pytest.mark.slow
@given(frame=refunded_frames())
def test_nothing_changes_with_refunds(frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    for grouped, split in zip(*both_ways(frame, monkeypatch), strict=True):
        assert_frame_equal(grouped, split)


@pytest.mark.parametrize("returns", ["behaviour", "accounting"])
def test_nothing_changes_in_a_shop_with_all_that_is_awkward(
    returns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = both_ways(shop_frame(), monkeypatch, returns=returns)
    for grouped, split in zip(*made, strict=True):
        assert_frame_equal(grouped, split)
