"""What the words of a status column mean; unknown ones are listed, never guessed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from strategies import lines

from retention.errors import ArgumentError, OrdersError
from retention.orders.read import read_orders
from retention.orders.statuses import states_of

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

# Examples

KNOWN = {
    "Giao thành công": "completed",
    "Đã giao": "completed",
    "HOÀN THÀNH": "completed",
    "Đã hủy": "cancelled",
    "Trả hàng": "returned",
    "Từ chối nhận": "refused",
    "Bom hàng": "refused",
    "Khách boom hàng": "refused",
    "Không liên lạc được": "refused",
    "Đang giao": "pending",
    "đơn test": "test",
    "Partially_Refunded": "completed",
    "Chờ lấy hàng": "pending",
    "Trả hàng/Hoàn tiền": "returned",
    "Đã hoàn": "returned",
    "Phiếu tạm": "pending",
    "Đang giao dịch": "pending",
    "Pending payment": "pending",
    "Draft": "pending",
    "trash": "cancelled",
    "open": "pending",
    "processing": "pending",
    "wc-processing": "completed",
    "wc-refunded": "returned",
}


@pytest.mark.parametrize("word", KNOWN)
def test_known_words(word: str) -> None:
    assert states_of([word], None) == {word: KNOWN[word]}


def test_given_meanings_overrule() -> None:
    assert states_of(["Pending", "paid"], {"pending": "completed"}) == {
        "Pending": "completed",
        "paid": "completed",
    }


def read(words: list[str | None], **options: Any) -> pd.Series:
    days = [f"2024-01-{place + 1:02d}" for place in range(len(words))]
    frame = lines("a" * len(words), days, status=words)
    audit = read_orders(frame, **options).audit.set_index("rule")["lines_set_aside"]
    return audit[["cancelled", "returned", "not_completed", "lines_read"]]


def test_what_is_set_aside() -> None:
    found = read(["delivered", "Đã hủy", "refused", "returned", "pending", "test", None, ""])
    assert found.tolist() == [2, 1, 2, 0]


def test_a_status_column_without_words_changes_nothing() -> None:
    assert read([None, None]).tolist() == [0, 0, 0, 0]


def test_given_meanings_reach_the_orders() -> None:
    found = read(["lost", "delivered"], statuses={"Lost": "cancelled"})
    assert found.tolist() == [1, 0, 0, 0]


def test_lines_without_a_status() -> None:
    """Completed unless said otherwise, and reported where they are."""
    frame = lines("aab", ["2024-01-01", "2024-01-02", "2024-01-03"], status=["done", None, ""])
    audit = read_orders(frame).audit.set_index("rule")
    assert audit.loc["empty_status", ["lines", "lines_set_aside"]].tolist() == [2, 0]
    orders = read_orders(frame, statuses={"": "pending"})
    audit = orders.audit.set_index("rule")
    assert audit.loc[["empty_status", "not_completed"], "lines"].tolist() == [0, 2]
    assert orders.settings()["statuses"][""] == "pending"
    again = read_orders(frame, statuses={"": "completed"}).audit.set_index("rule")
    assert "as asked for" in again.loc["empty_status", "action"]


def test_a_cancelled_day_outdoes_what_was_paid() -> None:
    days = ["2024-01-05", "2024-01-06", "2024-01-07", "2024-01-08"]
    frame = lines("aaaa", days, status=["paid", "paid", "refunded", "paid"])
    frame["Cancelled at"] = [None, "2024-02-01 10:00", "2024-02-01", None]
    audit = read_orders(frame).audit.set_index("rule")["lines_set_aside"]
    assert audit[["cancelled", "returned", "lines_used"]].tolist() == [1, 1, 0]
    assert len(read_orders(frame).to_pandas()) == 2


@pytest.mark.parametrize(
    "cells",
    [[True, False, False, False], ["yes", "no", "no", None], [1, 0, 0, 0], ["x", "", "", ""]],
    ids=str,
)
def test_yes_and_no(cells: list[object]) -> None:
    frame = lines("aaaa", ["2024-01-05"] * 4, is_cancelled=cells)
    assert read_orders(frame).audit.set_index("rule")["lines_set_aside"]["cancelled"] == 1


def test_processing_is_paid_in_woocommerce() -> None:
    frame = lines("aa", ["2024-01-05", "2024-01-06"]).rename(columns={"order_id": "Order Number"})
    frame = frame.assign(**{"Order Status": "Processing"})
    if "Order Number" not in frame:
        frame["Order Number"] = ["1", "2"]
    with pytest.raises(OrdersError, match="all are set aside"):
        read_orders(frame)
    assert read_orders(frame.assign(**{"Payment Method Title": "COD"})).counts["orders"] == 2


# Refusals


def test_a_word_of_two_meanings() -> None:
    with pytest.raises(
        OrdersError,
        match=r"'Đã trả' may mean paid or returned. Say what they mean: statuses=\{'Đã trả': \"...\"\}",
    ):
        states_of(["Đã trả"], None)


def test_unknown_words_are_listed() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 of 3 status values are not known \('Khách hủy đơn', 'zz'\). Say what they mean: "
        r"statuses=\{'Khách hủy đơn': \"...\"\}, with one of completed, cancelled",
    ):
        states_of(["Khách hủy đơn", "paid", "zz"], None)


def test_unknown_meaning() -> None:
    with pytest.raises(ArgumentError, match="statuses: 'gone' is not one of completed, cancelled"):
        states_of(["x"], {"x": "gone"})


def test_a_long_word_does_not_fill_the_screen() -> None:
    with pytest.raises(OrdersError, match=r"are not known \('xxx") as refusal:
        states_of(["x" * 4000], None)
    assert len(str(refusal.value)) < 400
