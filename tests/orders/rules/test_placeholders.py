"""Placeholders: ids that stand for nobody, told from real ids that only look like them."""

from __future__ import annotations

import unicodedata
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.read import read_orders
from retention.orders.rules.placeholders import is_placeholder, placeholder_ids

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

PLACEHOLDERS = [
    "0", "-1", "00", "0000000000", "1111", "9999999999", "123456789", "0123456789", "1234567890",
    "+84 000 000 000", "0900000000", "0999 999 999", "Guest", "GUEST CHECKOUT", "anonymous", "Unknown",
    "n/a", "None", "walk-in", "Walk in customer", "Cash", "test", "(not set)", "No name", "default",
    "khách lẻ", "KHÁCH LẺ", "Khach le", "Khách  vãng_lai", "khach lẻ", "Ẩn danh", "Khách hàng lẻ",
    unicodedata.normalize("NFD", "Khách vãng lai"), "none@none.com", "test@test.com",
    "no@email.com", "NoEmail@gmail.com", "noreply@shop.vn", "khachle@shop.vn", "guest@example.com",
    "-", "--", "–", "_", "...", "?", "- / -", "***",
]  # fmt: skip
REAL = [
    "1", "111", "17850", "0912345678", "+84912345678", "0281234567", "C0001", "KH000", "Lan",
    "Khách Lan", "Test Nguyễn", "test 1", "Anh Khách", "lan@example.com", "an@gmail.com",
    "testa.rossa@example.it", "info@shop.vn", "a1b2c3", "2024-01-01", "", "-a",
]  # fmt: skip


def lines(orders: dict[str, int], *, a_day: int = 1) -> Any:
    """So many orders of each customer, `a_day` of them on each day."""
    rows = [
        (customer, f"{customer}/{number}", pd.Timestamp("2024-01-01") + pd.Timedelta(days=number // a_day))
        for customer, count in orders.items()
        for number in range(count)
    ]  # fmt: skip
    return store(
        pa.Table.from_pandas(pd.DataFrame(rows, columns=["customer_id", "order_id", "ordered_at"]))
    )


def people(ids: Any, orders: int = 1) -> dict[str, int]:
    return dict.fromkeys(map(str, ids), orders)


# Examples


@pytest.mark.parametrize(("values", "expected"), [(PLACEHOLDERS, True), (REAL, False)])
def test_by_the_value_alone(values: list[str], expected: bool) -> None:
    table = store(pa.table({"value": values}))
    found = to_arrow(table.mutate(found=is_placeholder(table.value)))
    wrong = [row["value"] for row in found.to_pylist() if bool(row["found"]) is not expected]
    assert wrong == []


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        (people(range(501)), []),
        (people(range(1, 2000)), []),
        (people(range(1, 501)) | {"0": 30}, ["0"]),
        (people(range(1, 501)) | {"0": 19}, []),
        (people(range(1, 501), 5) | {"0": 24}, []),
        (people(range(100_000, 100_300)) | {"0": 1, "-1": 1}, ["-1", "0"]),
        (people(f"09{n:08d}" for n in range(12_345_000, 12_345_100)) | {"0000000000": 2}, ["0000000000"]),
        (people(f"C{n}" for n in range(30)) | {"1111": 1, "Khách lẻ": 1}, ["1111", "Khách lẻ"]),
        (people(f"{n:05d}" for n in range(1, 300)) | {"99999": 1, "0": 1}, ["0", "99999"]),
        ({"0": 3}, []),
        ({"a": 2, "b": 1}, []),
    ],
    ids=["a row of ids from 0", "1111 among others", "0 with many orders", "0 with few",
         "0 as others", "far away", "telephone numbers", "letters", "another shape", "alone", "none"],
)  # fmt: skip
def test_filler_digits_must_stand_out(orders: dict[str, int], expected: list[str]) -> None:
    assert placeholder_ids(lines(orders), "auto") == expected


def test_a_crowd_behind_one_id() -> None:
    crowd = people(f"C{n}" for n in range(300)) | {"KH000042": 200}
    assert placeholder_ids(lines(crowd, a_day=5), "auto") == ["KH000042"]


def test_a_wholesaler_who_orders_daily_is_a_customer() -> None:
    assert placeholder_ids(lines(people(f"C{n}" for n in range(300)) | {"W": 200}), "auto") == []


def test_two_tills_with_an_id_each() -> None:
    crowd = people(f"C{n}" for n in range(300)) | {"T1": 400, "T2": 300}
    assert placeholder_ids(lines(crowd, a_day=10), "auto") == ["T1", "T2"]


def test_given_ids_overrule() -> None:
    table = lines({"a": 1, "guest": 5, "0": 50})
    assert placeholder_ids(table, ("a",)) == ["a"]
    assert placeholder_ids(table, ()) == []


def test_set_aside_and_counted() -> None:
    frame = pd.DataFrame(
        {
            "customer_id": ["a", "Khách lẻ", "khach le", "b"],
            "order_id": ["1", "2", "3", "4"],
            "ordered_at": ["2024-01-01", "2024-01-01", "2024-01-02", "2024-01-03"],
            "amount": [1.0, 2.0, 3.0, 4.0],
        }
    )
    audit = read_orders(frame).audit.set_index("rule")
    row = audit.loc["placeholder_customer", ["lines_set_aside", "customers", "amount_set_aside"]]
    assert row.tolist() == [2, 2, 5.0]
    assert audit.loc["guests", "orders"] == 2
    kept = read_orders(frame, placeholder_ids=[]).audit.set_index("rule")
    assert kept.loc["lines_used", "lines"] == 4


def test_a_dash_is_no_customer() -> None:
    assert placeholder_ids(lines({"-": 2, "a": 1, "b": 1}), "auto") == ["-"]
