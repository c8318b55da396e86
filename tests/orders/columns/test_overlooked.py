"""Columns that nobody uses are listed, and told where they speak of money given back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.orders.columns.mapping import map_columns
from retention.orders.columns.overlooked import not_used
from retention.orders.source import open_source

LINES = {
    "order_id": ["1", "2", "3"],
    "customer_id": ["a", "b", "a"],
    "date": ["2024-01-31", "2024-02-01", "2024-02-02"],
    "amount": [10.5, 4.0, 20.0],
}


def amount(columns: dict[str, Any], **given: str | None) -> str:
    guesses = map_columns(open_source(pd.DataFrame(LINES | columns)), columns=given)
    return next(guess.reason for guess in guesses if guess.column == "amount")


# Examples


@pytest.mark.parametrize("name", ["Refunded Amount", "Hoàn tiền", "total_refunded", "Số lượng trả"])
def test_refunds_that_are_left_on(name: str) -> None:
    reason = amount({name: [0, 4, 0]}, refunded=None)
    assert reason.endswith(f"; {name!r} is not taken off (1 of 3 rows)")


@pytest.mark.parametrize("cells", [[0, 0, 0], [None, None, None], ["no", "no", "no"]], ids=str)
def test_no_refunds(cells: list[object]) -> None:
    assert amount({"refunded amount": cells}) == "the header 'amount' means amount"


def test_a_reason_without_a_status() -> None:
    reason = {"Lý do hủy": [None, "đổi ý", None]}
    assert amount(reason).endswith("; 'Lý do hủy' is filled on 1 rows, and they count")
    assert "Lý do" not in amount(reason | {"status": ["paid", "cancelled", "paid"]})


def test_what_was_given_back_and_counts() -> None:
    name = "Trạng thái Trả hàng/Hoàn tiền"
    columns = {"status": ["paid", "paid", "cancelled"], name: [None, "Đã chấp thuận yêu cầu", "x"]}
    said = f"; {name!r} is filled on 1 rows, and they count"
    assert amount(columns, status="status").endswith(said)


def test_what_is_not_used() -> None:
    source = open_source(pd.DataFrame(LINES | {"tag": "x", "note": None}))
    assert not_used(source.rows.columns, map_columns(source)) == ["tag", "note"]
