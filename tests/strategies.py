"""Tables of orders to test with: random small ones, and a middling one with all that is awkward."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from hypothesis import strategies as st

FIRST_DAY = pd.Timestamp("2023-01-01")
COLUMNS = ["customer_id", "order_id", "ordered_at", "amount", "product", "channel"]


@st.composite
def order_frames(draw: Any, least: int = 1, most: int = 25) -> pd.DataFrame:
    """Lines of a few customers over 14 months: ties, two orders a day, zeros, missing channels."""
    line = st.tuples(
        st.sampled_from("abcde"),
        st.integers(0, 420),
        st.sampled_from([0, 9, 23]),
        st.integers(0, 400_000),
        st.sampled_from("PQ"),
        st.sampled_from(["shop", "web", None]),
    )
    lines = draw(st.lists(line, min_size=least, max_size=most))
    rows = [
        (customer, f"o{place}", FIRST_DAY + pd.Timedelta(days=day, hours=hour), cents / 100, *rest)
        for place, (customer, day, hour, cents, *rest) in enumerate(lines)
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"channel": "str", "ordered_at": "datetime64[us]"})


@st.composite
def refunded_frames(draw: Any) -> pd.DataFrame:
    """The same, with later refunds of some lines, in the order itself or in one of their own."""
    frame = draw(order_frames(least=2))
    refunded = draw(st.lists(st.integers(0, len(frame) - 1), max_size=5, unique=True))
    refunds = frame.iloc[refunded].copy()
    late = [draw(st.integers(1, 90)) for _ in refunded]
    refunds["ordered_at"] += pd.to_timedelta(late, unit="D")
    refunds["amount"] *= [-draw(st.sampled_from([1.0, 0.5])) for _ in refunded]
    refunds["amount"] = refunds["amount"].round(2)
    is_own = np.array([draw(st.booleans()) for _ in refunded], dtype=bool)
    refunds.loc[~is_own, "order_id"] = "C" + refunds["order_id"]
    return pd.concat([frame, refunds[refunds["amount"] < 0]], ignore_index=True)


def shop_frame(*, customers: int = 60, seed: int = 7, timezone: str | None = None) -> pd.DataFrame:
    """A year of orders with ties in time, lines, missing attributes, a free order, and refunds."""
    random = np.random.default_rng(seed)
    count = random.integers(1, 7, customers)
    owner = np.repeat(np.arange(customers), count)
    first = np.repeat(random.integers(0, 250, customers), count)
    minutes = first * 1440 + random.integers(0, 160 * 1440, len(owner))
    frame = pd.DataFrame(
        {
            "customer_id": [f"c{number:03d}" for number in owner],
            "order_id": [f"o{number:04d}" for number in range(len(owner))],
            "ordered_at": FIRST_DAY + pd.to_timedelta(minutes, unit="min"),
            "amount": random.integers(0, 50_000, len(owner)) / 100,
            "channel": random.choice(["shop", "web", None], len(owner)),
        }
    )
    frame.loc[3, "amount"] = 0.0
    frame = pd.concat([frame, _second_lines(frame), _refunds(frame), _twins(frame)])
    if timezone:
        frame["ordered_at"] = frame["ordered_at"].dt.tz_localize("UTC")
    return frame.astype({"channel": "str"}).reset_index(drop=True)


def _second_lines(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.iloc[::5].assign(amount=1.25, channel="phone")


def _refunds(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole and partial refunds in the orders they undo, two weeks later."""
    refunds = frame.iloc[1::9].copy()
    refunds["ordered_at"] += pd.Timedelta(days=14)
    refunds["amount"] = -refunds["amount"].where(np.arange(len(refunds)) % 2 == 0, 0.5)
    return refunds[refunds["amount"] < 0]


def _twins(frame: pd.DataFrame) -> pd.DataFrame:
    """Orders at the very time of the customer's first one, with an earlier id."""
    twins = frame.drop_duplicates("customer_id").iloc[::4].copy()
    return twins.assign(order_id="a" + twins["order_id"], channel="twin", amount=2.0)


def exactly(amounts: pd.Series) -> Decimal:
    """The sum of amounts to the last of four decimals."""
    return sum((Decimal(str(round(value, 4))) for value in amounts), Decimal(0))


def lines(customers: str | list[str], days: list[str], /, **columns: Any) -> pd.DataFrame:
    """Order lines by hand: one letter a customer, ISO days or times, amount 10 unless given."""
    frame = pd.DataFrame(
        {"customer_id": list(customers), "ordered_at": [pd.Timestamp(day) for day in days]}
    )
    return frame.assign(**{"amount": 10.0} | columns)
