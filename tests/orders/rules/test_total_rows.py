"""Rows of totals are no customers, no orders and no products; people of such names are."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest

from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.rules.total_rows import is_total_word

TOTALS = [
    "Tổng cộng", "TỔNG CỘNG:", "Tổng", "Cộng", "Tong cong", "Tổng tháng 1", "Tổng tháng 01/2024",
    "Tổng cộng quý II", "Tổng năm 2024", "Tổng doanh thu tháng 3", "Total", "TOTALS", "Grand total",
    "Sub-total", "Total January 2024", "Total for 2024", "Total (Q1)",
]  # fmt: skip
NO_TOTALS = [
    "Tống", "Tong", "Công", "Cong", "Tống Công", "Tổng công ty Dầu khí", "Total Tools", "Totally",
    "TOTAL01", "TO0001", "SUM001", "Sum", "Tổng Thị Lan", "", "2024",
]  # fmt: skip
COLUMNS = ["customer_id", "order_id", "ordered_at", "product", "amount"]
LINES = [
    ("a", "1", "2024-01-01", "Tea", 10.0), ("a", "1", "2024-01-01", "Cup", 5.0),
    ("b", "2", "2024-01-05", "Tea", 10.0),
]  # fmt: skip


def read(*more: tuple[Any, ...], is_remote: bool = False, **options: Any) -> Orders:
    frame = pd.DataFrame([*LINES, *more], columns=COLUMNS)
    frame["ordered_at"] = pd.to_datetime(frame["ordered_at"])
    source = ibis.duckdb.connect().create_table("lines", frame) if is_remote else frame
    return read_orders(source, **options)


def counts(orders: Orders) -> list[int]:
    row = orders.audit.set_index("rule").loc["total_row"]
    return [int(row["lines"]), int(row["lines_set_aside"])]


# Examples


@pytest.mark.parametrize("words", TOTALS)
def test_names_of_totals(words: str) -> None:
    assert is_total_word(words)


@pytest.mark.parametrize("words", NO_TOTALS)
def test_names_of_people_and_ids(words: str) -> None:
    assert not is_total_word(words)


@pytest.mark.slow
@pytest.mark.parametrize("is_remote", [False, True])
def test_a_customer_or_an_order_of_such_a_name_is_none(is_remote: bool) -> None:
    orders = read(
        ("Tổng tháng 1", None, "2024-01-31", None, 25.0), (None, "Grand total", "2024-01-31", None, 25.0),
        is_remote=is_remote,
    )  # fmt: skip
    assert counts(orders) == [2, 2]
    assert orders.to_pandas()["customer_id"].tolist() == ["a", "b"]
    assert orders.audit.set_index("rule").loc["guests", "lines"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("is_remote", [False, True])
def test_a_product_of_such_a_name_has_to_be_the_sum_of_its_order(is_remote: bool) -> None:
    """The second is a product of that brand."""
    orders = read(
        ("a", "1", "2024-01-01", "Total", 15.0), ("b", "2", "2024-01-05", "Total", 7.0),
        is_remote=is_remote,
    )  # fmt: skip
    assert counts(orders) == [2, 1]
    assert orders.to_pandas()["amount"].tolist() == [15.0, 17.0]


@pytest.mark.slow
def test_customers_that_were_said_to_be_some_are_kept() -> None:
    total = ("Total", "3", "2024-01-31", "Oil", 25.0)
    assert counts(read(total, placeholder_ids=[])) == [1, 0]
    assert counts(read(total)) == [1, 1]
    assert counts(read()) == [0, 0]
