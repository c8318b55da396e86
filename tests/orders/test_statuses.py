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
    "Đang giao": "pending",
    "đơn test": "test",
    "Partially_Refunded": "completed",
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


# Refusals


def test_unknown_words_are_listed() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 of 3 status values are not known \('Khách hủy đơn', 'zz'\). Say what they mean: "
        r"statuses=\{'Khách hủy đơn': \"completed\"\}; the meanings are completed, cancelled",
    ):
        states_of(["Khách hủy đơn", "paid", "zz"], None)


def test_unknown_meaning() -> None:
    with pytest.raises(ArgumentError, match="statuses: 'gone' is not one of completed, cancelled"):
        states_of(["x"], {"x": "gone"})
