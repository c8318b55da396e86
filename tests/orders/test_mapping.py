"""Headers in two languages, and the refusal to guess between two of them."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.mapping import SYNONYMS, map_columns, plain
from retention.orders.read import read_orders

ENGLISH = [
    "InvoiceNo",
    "StockCode",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "Customer ID",
    "Country",
]
VIETNAMESE = [
    "Mã đơn hàng",
    "Mã khách hàng",
    "Ngày đặt hàng",
    "Thành tiền",
    "Kênh bán",
    "Trạng thái",
]


def mapped(present: list[str], **columns: str) -> dict[str, str]:
    guesses = map_columns(present, columns, "the file")
    return {guess.column: guess.source_column for guess in guesses}


# Examples


def test_english_headers() -> None:
    assert mapped(ENGLISH) == {
        "customer_id": "Customer ID",
        "order_id": "InvoiceNo",
        "ordered_at": "InvoiceDate",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
        "product": "StockCode",
    }


def test_vietnamese_headers() -> None:
    assert mapped(VIETNAMESE) == {
        "customer_id": "Mã khách hàng",
        "order_id": "Mã đơn hàng",
        "ordered_at": "Ngày đặt hàng",
        "amount": "Thành tiền",
        "channel": "Kênh bán",
        "status": "Trạng thái",
    }


@pytest.mark.parametrize("header", ["MÃ ĐƠN HÀNG", "ma_don_hang", "Mã đơn hàng", " Mã-Đơn  hàng"])
def test_case_accents_and_punctuation_do_not_matter(header: str) -> None:
    assert plain(header) == "ma don hang"


def test_own_names_win_over_others() -> None:
    assert mapped(["customer_id", "user_id", "ordered_at", "date", "amount", "total"]) == {
        "customer_id": "customer_id",
        "ordered_at": "ordered_at",
        "amount": "amount",
    }


def test_given_names_overrule() -> None:
    found = mapped(
        ["customer_id", "phone", "date", "amount", "net"], customer_id="phone", amount="net"
    )
    assert found == {"customer_id": "phone", "ordered_at": "date", "amount": "net"}


def test_the_reader_says_what_it_understood() -> None:
    frame = pd.DataFrame({"user_id": ["a"], "date": ["2024-01-31"], "total": [3.0]})
    mapping = read_orders(frame, columns={"amount": "total"}).mapping
    assert mapping.to_dict("records") == [
        {
            "column": "customer_id",
            "source_column": "user_id",
            "reason": "the header 'user_id' means customer_id",
        },
        {
            "column": "ordered_at",
            "source_column": "date",
            "reason": "the header 'date' means ordered_at",
        },
        {"column": "amount", "source_column": "total", "reason": "given in columns="},
    ]


# Laws


@pytest.mark.parametrize("ours", SYNONYMS)
def test_every_word_is_written_as_headers_are_compared(ours: str) -> None:
    assert [word for word in SYNONYMS[ours] if plain(word) != word] == []


def test_no_word_means_two_columns() -> None:
    words = [word for ours in SYNONYMS for word in {plain(ours), *SYNONYMS[ours]}]
    assert sorted(words) == sorted(set(words))


# Refusals


def test_two_candidates() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 columns could be ordered_at \('order date', 'invoice date'\): say which, "
        r"columns=\{'ordered_at': 'order date'\}",
    ):
        mapped(["customer id", "order date", "invoice date", "amount"])


def test_all_problems_at_once() -> None:
    with pytest.raises(OrdersError) as caught:
        mapped(["user id", "buyer id", "x", "y"])
    assert "2 columns could be customer_id" in str(caught.value)
    assert "No column found for 'ordered_at', 'amount' among its 4" in str(caught.value)


def test_missing_columns() -> None:
    with pytest.raises(
        OrdersError,
        match=r"No column found for 'ordered_at' among its 3 \('customer', 'amount', 'x'\)",
    ):
        mapped(["customer", "amount", "x"])


def test_quantity_alone_is_no_amount() -> None:
    with pytest.raises(OrdersError, match="No column found for 'amount'"):
        mapped(["customer", "date", "quantity"])


def test_unknown_names_in_columns() -> None:
    with pytest.raises(
        OrdersError, match=r"names 1 unknown columns \('money'\). The keys are customer_id"
    ):
        mapped(["customer", "date", "amount"], money="amount")
    with pytest.raises(
        OrdersError, match=r"the file has no column 'net'. It has 'customer', 'date'"
    ):
        mapped(["customer", "date", "amount"], amount="net")
