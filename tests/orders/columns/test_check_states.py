"""A second column that says what became of an order must not be overlooked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source

LINES = {
    "order_id": ["1", "2", "3"],
    "customer_id": ["a", "b", "a"],
    "date": ["2024-01-31", "2024-02-01", "2024-02-02"],
    "amount": [10.5, 4.0, 20.0],
}


def status(columns: dict[str, Any], **given: str | None) -> str | None:
    guesses = map_columns(open_source(pd.DataFrame(LINES | columns)), columns=given)
    return next((guess.source_column for guess in guesses if guess.column == "status"), None)


DONE, PAID = ["completed"] * 3, ["paid", "refunded", "voided"]

# Examples


def test_columns_that_agree() -> None:
    both = {"order_status": ["completed", "cancelled", "cancelled"], "payment_status": PAID}
    assert status(both) == "order_status"


def test_a_request_that_came_to_nothing_gives_nothing_back() -> None:
    asked = ["Yêu cầu bị từ chối", "Đã hủy", None]
    assert status({"status": DONE, "Trạng thái Trả hàng/Hoàn tiền": asked}) == "status"


def test_money_that_is_given_back_is_a_refund_already() -> None:
    assert status({"amount": [10.5, -4, 20], "type": ["sale", "refund", "sale"]}) is None


@pytest.mark.parametrize("own", ["order_status", "payment_status"])
def test_what_the_analyst_says_is_taken(own: str) -> None:
    assert status({"order_status": DONE, "payment_status": PAID}, status=own) == own


# Refusals


def test_a_second_status_that_takes_back() -> None:
    with pytest.raises(
        OrdersError,
        match=r"'payment_status' says 'refunded', 'voided' on 2 of 3 rows that count by 'order_status'. "
        r"Say which holds: columns={'status': 'payment_status'} or {'status': 'order_status'}",
    ):
        status({"order_status": DONE, "payment_status": PAID})


@pytest.mark.parametrize(
    ("name", "granted"),
    [
        ("Trạng thái Trả hàng/Hoàn tiền", "Đã chấp thuận yêu cầu"),
        ("Cancelation/Return Type", "Return/Refund"),
    ],
)
def test_what_was_given_back_beside_the_status(name: str, granted: str) -> None:
    columns = {"status": DONE, name: [None, granted, None]}
    with pytest.raises(
        OrdersError,
        match=r"says '.*' on 1 of 3 rows that count by 'status'. Pass columns={'status': 'status'} to "
        f"count them; to leave them out, pass columns={{'cancelled_at': '{name}'}}",
    ):
        status(columns)
    assert status(columns, status="status") == "status"
    assert status(columns, cancelled_at=name) == "status"
    with pytest.raises(OrdersError, match="to leave them out, put both into one column"):
        status(columns | {name: ["Yêu cầu bị từ chối", granted, None]})


def test_rows_called_refund_with_money_that_is_not_negative() -> None:
    kinds = {"type": ["sale", "refund", "sale"]}
    with pytest.raises(
        OrdersError, match=r"'type' says 'refund' on 1 of 3 rows .*'status': 'type'"
    ):
        status(kinds)
    assert status(kinds, status=None) is None
    assert status(kinds, status="type") == "type"
