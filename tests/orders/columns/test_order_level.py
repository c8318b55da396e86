"""Cells that stand once for a whole order, as Shopify writes them."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.orders.columns.mapping import map_columns
from retention.orders.columns.order_level import once_per_order
from retention.orders.source import open_source

LINES = {
    "order_id": ["1", "1", "2", "2", "2", "3"],
    "customer_id": ["a", "a", "b", "b", "b", "a"],
    "date": ["2024-01-31"] * 2 + ["2024-02-01"] * 3 + ["2024-02-02"],
    "product": ["Tea", "Cup", "Tea", None, "Pot", "Cup"],
}


def once(columns: dict[str, object], **options: str) -> tuple[str, ...]:
    source = open_source(pd.DataFrame(LINES | columns))
    return once_per_order(source, map_columns(source, columns=options))


# Examples


def test_status_coupon_and_total_on_the_first_line() -> None:
    found = once(
        {
            "status": ["paid", None, "voided", None, None, "paid"],
            "total": ["9", None, "8", None, None, "7"],
            "coupon": [None, None, None, None, None, "TET"],
        }
    )
    assert found == ("amount", "status", "coupon")


def test_given_columns_count_too() -> None:
    sums = ["9", None, "8", None, None, "7"]
    assert once({"x": sums, "status": sums}, amount="x", status="status") == ("amount", "status")


@pytest.mark.parametrize(
    "status",
    [["paid"] * 6, ["paid", "paid", "voided", None, None, "paid"], [None] * 6],
    ids=["on every line", "on some lines", "never"],
)
def test_columns_of_lines(status: list[str | None]) -> None:
    assert once({"status": status, "amount": 5.5}) == ()


def test_one_column_in_few_orders_proves_nothing() -> None:
    assert once({"status": ["paid", None, "paid", None, None, "paid"], "amount": 5.5}) == ()


def test_without_order_ids() -> None:
    frame = pd.DataFrame(LINES | {"amount": 5.5}).drop(columns="order_id")
    source = open_source(frame)
    assert once_per_order(source, map_columns(source)) == ()
