"""The day of an order is the day where the shop is, on every engine."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.engine.frames import to_arrow
from retention.engine.local_time import local_time
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

# One second before and at midnight in UTC+7, and around both changes of the clock in Paris.
MOMENTS = pd.to_datetime(
    [
        "2024-01-01 16:59:59",
        "2024-01-01 17:00:00",
        "2024-03-31 00:59:59",
        "2024-03-31 01:00:00",
        "2024-10-27 00:59:59",
        "2024-10-27 01:00:00",
        "2024-10-26 22:00:00",
    ]
).tz_localize("UTC")
ZONES = ("Asia/Ho_Chi_Minh", "Europe/Paris", "America/St_Johns", "UTC")


def orders(zone: str = "UTC") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": "a",
            "order_id": [str(place) for place in range(len(MOMENTS))],
            "ordered_at": MOMENTS.tz_convert(zone),
            "amount": 1.0,
        }
    )


# Examples


def test_midnight_in_hanoi_makes_two_days(backend: Any) -> None:
    read = backend.orders(orders().iloc[:2], timezone="Asia/Ho_Chi_Minh")
    assert customer_summary(read)["purchase_days"].tolist() == [2]
    read = backend.orders(orders().iloc[:2], timezone="UTC")
    assert customer_summary(read)["purchase_days"].tolist() == [1]


def test_clock_changes_in_paris(backend: Any) -> None:
    read = backend.orders(orders().iloc[2:], timezone="Europe/Paris").to_pandas()
    assert read["ordered_at"].astype(str).tolist() == [
        "2024-03-31 01:59:59",
        "2024-03-31 03:00:00",
        "2024-10-27 00:00:00",
        "2024-10-27 02:00:00",
        "2024-10-27 02:59:59",
    ]


def test_naive_times_are_local_already(backend: Any) -> None:
    frame = orders().assign(ordered_at=MOMENTS.tz_localize(None))
    read = backend.orders(frame, timezone="Asia/Ho_Chi_Minh").to_pandas()
    assert sorted(read["ordered_at"]) == sorted(MOMENTS.tz_localize(None))


def test_dates_are_midnights(backend: Any) -> None:
    table = backend.table(pd.DataFrame({"at": MOMENTS.tz_localize(None)}))
    dates = table.select(at=local_time(table.at.date(), "Europe/Paris", table.get_backend().name))
    found = sorted(to_arrow(dates)["at"].to_pylist())
    assert [f"{moment:%m-%d %H:%M}" for moment in found[:2]] == ["01-01 00:00", "01-01 00:00"]


# Laws


@pytest.mark.parametrize("zone", ZONES)
def test_local_times_are_those_of_pandas(zone: str, backend: Any) -> None:
    read = backend.orders(orders(), timezone=zone).to_pandas()
    assert sorted(read["ordered_at"]) == sorted(MOMENTS.tz_convert(zone).tz_localize(None))


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_of_a_frame_does_not_matter(zone: str) -> None:
    read = read_orders(orders(zone), timezone="Asia/Ho_Chi_Minh").to_pandas()
    assert read.equals(read_orders(orders(), timezone="Asia/Ho_Chi_Minh").to_pandas())
