"""Ids that differ only in how they were typed are reported, and never merged."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.audit.similar_ids import similar_customers
from retention.orders.read import read_orders


def shared(*ids: str) -> list[list[str]]:
    """The ids of each person that has several."""
    customers = store(pa.table({"customer_id": list(ids)}))
    found = to_arrow(similar_customers(customers)).to_pandas()
    return sorted(sorted(group) for _, group in found.groupby("person")["customer_id"])


# Examples


@pytest.mark.parametrize(
    "ids",
    [
        ("KH01", "kh01"), ("KH 01", "KH01"), ("KH\u00a001", "KH01"), ("007", "7"),
        ("0912345678", "912345678"), ("0912345678", "+84912345678"), ("0912345678", "0084912345678"),
        ("0912 345 678", "84912345678"), ("+84 (0)912-345-678", "0912.345.678"),
        ("02438223344", "+842438223344"), ("Lan@Example.vn", "lan@example.vn"), ("17850.0", "17850"),
    ],
)  # fmt: skip
def test_one_id_in_two_spellings(ids: tuple[str, ...]) -> None:
    assert shared(*ids, "another") == [sorted(ids)]


def test_other_ids() -> None:
    assert shared("1-23", "12-3", "123", "KH01", "KH1", "10", "1", "849123456", "v1.0", "v1") == []


def audit_of(**options: Any) -> pd.Series:
    frame = pd.DataFrame(
        [("KH1", "1", "2024-01-01"), ("kh1", "2", "2024-02-01"), ("b", "3", "2024-01-01")],
        columns=["customer_id", "order_id", "ordered_at"],
    ).assign(amount=1.0)
    audit = read_orders(frame, as_of="2024-12-31", **options).audit
    return audit.set_index("rule").loc["similar_ids"]


@pytest.mark.slow
def test_what_one_person_each_would_change() -> None:
    row = audit_of()
    assert row[["lines", "lines_set_aside", "orders", "customers"]].tolist() == [2, 0, 2, 2]
    assert row[["repeat_rate_180", "repeat_rate_180_if_set_aside"]].tolist() == [0.0, 0.0]
    assert "('KH1', 'kh1')" in row["action"]
    assert "the repeat rate within 180 days would be 50.0%" in row["action"]
    assert "merge_by=['email', 'phone']" in row["action"]
