"""What an export writes on the first line of an order only."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.order_fill import filled_within_orders
from retention.orders.source import open_source


@pytest.fixture
def filled() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "order_id": ["1", "1", "2", "3"],
            "status": ["cancelled", None, "paid", None],
            "ordered_at": pd.to_datetime(["2024-01-31", None, "2024-02-01", None]),
            "amount": [30.0, None, 5.0, None],
        }
    )
    rows = open_source(frame).rows
    typed = store(rows.mutate(amount=rows.amount.cast("decimal(18, 4)")))
    found = filled_within_orders(typed, ("status", "ordered_at", "amount"))
    return to_arrow(found.order_by("order_id", "status", "amount")).to_pandas()


# Examples


def test_text_and_time_stand_on_every_line_of_the_order(filled: pd.DataFrame) -> None:
    assert filled["status"].fillna("").tolist() == ["cancelled", "cancelled", "paid", ""]
    assert filled["ordered_at"].isna().tolist() == [False, False, False, True]


def test_money_is_counted_once(filled: pd.DataFrame) -> None:
    first = filled[filled["order_id"] == "1"]
    assert sorted(first["amount"].astype(float)) == [0.0, 30.0]


def test_an_order_without_any_amount_keeps_none(filled: pd.DataFrame) -> None:
    assert filled.loc[filled["order_id"] == "3", "amount"].isna().all()
