"""Touches: logs of events as they are exported."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.touches import read_touches

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "onlineshop_events"
TOUCHES = pd.DataFrame(
    {
        "Mã KH": ["007", "8", "007"],
        "Sự kiện": ["xem trang", "nhấp quảng cáo", "mở tin"],
        "Thời gian": ["31/01/2024 09:00", "31/01/2024 09:05", "01/02/2024 08:00"],
        "Kênh": ["Facebook", "TikTok", None],
        "Chiến dịch": ["Tết", "Tết", None],
        "Thiết bị": ["ios", "android", "ios"],
    }
)

# Examples


def test_vietnamese_headers() -> None:
    found = read_touches(TOUCHES)
    assert list(found) == [
        "customer_id", "touched_at", "touch", "channel", "campaign", "Thiết bị",
    ]  # fmt: skip
    assert found["customer_id"].tolist() == ["007", "8", "007"]
    assert found["touch"].tolist() == ["xem trang", "nhấp quảng cáo", "mở tin"]
    assert found["touched_at"].dtype == "datetime64[us]"
    assert found["touched_at"].iloc[1] == pd.Timestamp("2024-01-31 09:05")


def test_touches_without_a_person_are_counted() -> None:
    unknown = TOUCHES.assign(**{"Mã KH": ["007", None, "8"]})
    found = read_touches(unknown, unreadable="set_aside")
    assert found["customer_id"].tolist() == ["007", "8"]
    assert found.attrs["set_aside"] == 1


# Refusals


def test_all_problems_at_once() -> None:
    bad = TOUCHES.assign(**{"Mã KH": ["007", None, "8"], "Sự kiện": [None, "a", "b"]})
    with pytest.raises(OrdersError) as caught:
        read_touches(bad)
    assert "touches: 1 of 3 rows have no customer_id. 1 of 3 rows have no touch." in str(
        caught.value
    )


def test_missing_kind_of_touch() -> None:
    with pytest.raises(OrdersError, match=r"touches: .*No column found for 'touch' among its 5"):
        read_touches(TOUCHES.drop(columns="Sự kiện"))


# References


def test_events_of_a_shop() -> None:
    if not EVENTS.exists():
        pytest.skip("the events are not beside the project")
    found = read_touches(EVENTS / "simple-onlineshop.csv")
    assert len(found) == 32_283
    assert found["customer_id"].nunique() == 3_751
    assert found.loc[found["touch"] == "payment_done", "customer_id"].nunique() == 653
