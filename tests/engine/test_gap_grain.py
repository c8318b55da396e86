"""Silences at month ends: counts, and the squares that make clustered limits, by brute force."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import order_frames, shop_frame

from retention.engine.frames import to_frame
from retention.engine.gap_grain import silences
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.periods import day_number

SUMS = ["customers", "observed", "returned", "observed_sq", "returned_sq", "cross"]


def observations(orders: Orders, window: int) -> pd.DataFrame:
    """One row per customer and month end: days of silence, and whether the window brings a buy."""
    days = orders.to_pandas()
    days["day"] = days["ordered_at"].dt.normalize()
    rows = []
    for customer, bought in days.groupby("customer_id")["day"]:
        for end in pd.date_range(bought.min(), orders.as_of - pd.Timedelta(days=window), freq="ME"):
            silence = (end - bought[bought <= end].max()).days
            later = bought[bought > end]
            back = len(later) > 0 and (later.min() - end).days <= window
            rows.append((customer, silence, int(back)))
    return pd.DataFrame(rows, columns=["customer_id", "silence", "y"])


def by_brute_force(seen: pd.DataFrame, least: int) -> dict[str, int]:
    """The sums over customers at `least` days of silence or more."""
    per_customer = seen[seen["silence"] >= least].groupby("customer_id")["y"].agg(["size", "sum"])
    n, y = per_customer["size"], per_customer["sum"]
    sums = (len(n), n.sum(), y.sum(), (n**2).sum(), (y**2).sum(), (n * y).sum())
    return dict(zip(SUMS, map(int, sums), strict=True))


def from_the_engine(orders: Orders, window: int) -> pd.DataFrame:
    steps = silences(orders.orders, as_of_day=day_number(orders.as_of), return_window=window)
    return to_frame(steps, ["silence", *SUMS]).groupby("silence")[SUMS].sum()


def assert_as_brute_force(orders: Orders, window: int) -> None:
    seen, found = observations(orders, window), from_the_engine(orders, window)
    assert sorted(found.index) == sorted(seen["silence"].unique())
    for least in [0, *found.index]:
        sums = found.loc[found.index >= least].sum().to_dict()
        assert sums == by_brute_force(seen, least)


# Examples


def test_one_customer_by_hand() -> None:
    frame = pd.DataFrame(
        {
            "customer_id": "a",
            "ordered_at": pd.to_datetime(["2024-01-31", "2024-03-10"]),
            "amount": 1.0,
        }
    )
    orders = read_orders(frame, as_of="2024-05-01")
    found = from_the_engine(orders, 30).reset_index()
    # Month ends with 30 known days after: January (silent 0, not back), February (silent 29, back
    # after 10), March (silent 21, not back). Counted from the longest silence down.
    expected = pd.DataFrame(
        {
            "silence": [0, 21, 29],
            "customers": [0, 0, 1],
            "observed": [1, 1, 1],
            "returned": [0, 0, 1],
            "observed_sq": [5, 3, 1],
            "returned_sq": [0, 0, 1],
            "cross": [1, 1, 1],
        }
    )
    assert_frame_equal(found, expected, check_dtype=False)


# Laws


@pytest.mark.slow
@given(frame=order_frames(), window=st.integers(1, 120))
def test_sums_are_those_of_brute_force(frame: pd.DataFrame, window: int) -> None:
    assert_as_brute_force(read_orders(frame), window)


@pytest.mark.parametrize("window", [30, 90])
def test_sums_are_those_of_brute_force_everywhere(window: int, backend: Any) -> None:
    assert_as_brute_force(backend.orders(shop_frame(customers=40)), window)
