"""Equal lines of one order with two statuses, and a return beside its sale, are reported."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest

from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

COLUMNS = ["customer_id", "order_id", "ordered_at", "product", "amount", "status"]


def reported(*rows: tuple[Any, ...], is_remote: bool = False) -> list[int]:
    frame = pd.DataFrame([*rows, ("z", "99", "2024-03-01", "Tea", 1.0, "done")], columns=COLUMNS)
    frame["ordered_at"] = pd.to_datetime(frame["ordered_at"])
    source = ibis.duckdb.connect().create_table("lines", frame) if is_remote else frame
    row = read_orders(source).audit.set_index("rule").loc["order_two_states"]
    return [int(row[name]) for name in ("lines", "lines_set_aside", "orders", "customers")]


# Examples

TEA = ("a", "1", "2024-01-05", "Tea", 10.0)
LATER = ("a", "1", "2024-01-09", "Tea", 10.0)
CASES = {
    "steps of one sale": ([(*TEA, "paid"), (*TEA, "shipped")], [2, 0, 1, 1]),
    "steps on two days": ([(*TEA, "paid"), (*LATER, "shipped")], [2, 0, 1, 1]),
    "sold and cancelled": ([(*TEA, "done"), (*TEA, "cancelled")], [1, 0, 1, 1]),
    "sold and returned": ([(*TEA, "done"), (*LATER, "returned")], [1, 0, 1, 1]),
    "one of two returned": ([(*TEA, "done"), (*LATER[:4], 5.0, "returned")], [1, 0, 1, 1]),
    "one without a status": ([(*TEA, "done"), (*TEA, None)], [2, 0, 1, 1]),
    "another product": ([(*TEA, "done"), (*TEA[:3], "Cup", 10.0, "cancelled")], [0, 0, 0, 0]),
    "a refund": ([(*TEA, "done"), (*LATER[:4], -10.0, "returned")], [0, 0, 0, 0]),
    "another order": ([(*TEA, "done"), ("a", "2", *TEA[2:], "cancelled")], [0, 0, 0, 0]),
    "nothing of it used": ([(*TEA, "returned"), (*TEA, "cancelled")], [0, 0, 0, 0]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_orders_of_two_states(case: str) -> None:
    rows, expected = CASES[case]
    assert reported(*rows) == expected


def test_another_engine_finds_the_same() -> None:
    rows = [row for name in ("steps of one sale", "sold and returned") for row in CASES[name][0]]
    assert reported(*rows, is_remote=True) == [3, 0, 1, 1]
