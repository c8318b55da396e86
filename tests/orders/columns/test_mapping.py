"""Headers in two languages, and the refusal to guess between two of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import OrdersError
from retention.orders.columns.declaration import Declaration
from retention.orders.columns.declarations import COSTS, ORDERS, PEOPLE, TOUCHES
from retention.orders.columns.mapping import map_columns
from retention.orders.plain import plain
from retention.orders.read import read_orders
from retention.orders.source import open_source
from retention.texts import language

TABLES = (ORDERS, PEOPLE, TOUCHES, COSTS)
WORDS = [(field.name, word) for field in ORDERS.fields for tier in field.headers for word in tier]
UCI = ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "UnitPrice", "Customer ID", "Country"]
VIETNAMESE = [
    "Mã đơn hàng", "Mã khách hàng", "Ngày đặt hàng", "Thành tiền", "Kênh bán", "Trạng thái",
]  # fmt: skip


def named(*headers: str) -> pd.DataFrame:
    """Cells that may be anything: a date, a number, an id; other ones in every column."""
    return pd.DataFrame(
        {
            name: [f"2024{place % 12 + 1:02}{day}" for day in (11, 12)]
            for place, name in enumerate(headers)
        }
    )


def mapped(*headers: str, table: Declaration = ORDERS, **columns: str) -> dict[str, str]:
    guesses = map_columns(open_source(named(*headers)), table, columns)
    return {guess.column: guess.source_column for guess in guesses}


# Examples


def test_english_headers() -> None:
    assert mapped(*UCI) == {
        "customer_id": "Customer ID",
        "order_id": "InvoiceNo",
        "ordered_at": "InvoiceDate",
        "quantity": "Quantity",
        "unit_price": "UnitPrice",
        "product": "StockCode",
    }


def test_vietnamese_headers() -> None:
    assert mapped(*VIETNAMESE) == {
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


def test_decomposed_letters_and_words_without_blanks() -> None:
    decomposed = unicodedata.normalize("NFD", "Thời gian đặt")
    found = mapped("CUSTOMERID", decomposed, "MaDonHang", "Tổng tiền (VNĐ)")
    assert found == {
        "customer_id": "CUSTOMERID",
        "order_id": "MaDonHang",
        "ordered_at": open_source(named(decomposed)).rows.columns[0],
        "amount": "Tổng tiền (VNĐ)",
    }


def test_own_names_win_over_others() -> None:
    assert mapped("customer_id", "user_id", "ordered_at", "date", "amount", "total") == {
        "customer_id": "customer_id",
        "ordered_at": "ordered_at",
        "amount": "amount",
    }


def test_a_better_tier_wins() -> None:
    found = mapped("Mã KH", "Khách hàng", "Ngày đặt hàng", "Ngày tạo", "Thành tiền", "Tổng tiền")
    assert found == {
        "customer_id": "Mã KH",
        "ordered_at": "Ngày đặt hàng",
        "amount": "Thành tiền",
    }


def test_given_names_overrule() -> None:
    found = mapped(
        "customer_id", "phone", "date", "amount", "net", customer_id="phone", amount="net"
    )
    assert found == {
        "customer_id": "phone", "ordered_at": "date", "amount": "net", "phone": "phone",
    }  # fmt: skip


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


def test_people_touches_and_costs() -> None:
    people = mapped("mql_id", "first_contact_date", "origin", table=PEOPLE)
    assert people == {"customer_id": "mql_id", "first_seen_at": "first_contact_date"}
    touches = mapped("Mã KH", "Sự kiện", "Thời gian", "Chiến dịch", "Trang", table=TOUCHES)
    assert touches == {
        "customer_id": "Mã KH", "touched_at": "Thời gian", "touch": "Sự kiện",
        "campaign": "Chiến dịch", "page": "Trang",
    }  # fmt: skip
    costs = mapped("Ngày", "Tên chiến dịch", "Số tiền đã chi tiêu (VND)", table=COSTS)
    assert costs == {
        "spent_at": "Ngày", "campaign": "Tên chiến dịch", "spend": "Số tiền đã chi tiêu (VND)",
    }  # fmt: skip


# Laws


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_every_word_is_written_as_headers_are_compared(table: Declaration) -> None:
    words = [word for field in table.fields for tier in field.headers for word in tier]
    assert [word for word in words if plain(word) != word] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.noun)
def test_no_word_means_two_columns(table: Declaration) -> None:
    words = [
        word.replace(" ", "")
        for field in table.fields
        for word in {plain(field.name), *(word for tier in field.headers for word in tier)}
    ]
    assert sorted(words) == sorted(set(words))


@given(
    st.sampled_from(WORDS),
    st.sampled_from([str.upper, str.title, str.lower]),
    st.sampled_from("_- ."),
)
def test_any_writing_of_a_word_means_the_same(
    pair: tuple[str, str], case: Callable[[str], str], gap: str
) -> None:
    name, word = pair
    header = case(word.replace(" ", gap))
    assert ORDERS.field(name).rank(header) == ORDERS.field(name).rank(word)


# Refusals


def test_two_candidates() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 columns could be ordered_at \('order date', 'invoice date'\): say which, "
        r"columns=\{'ordered_at': 'order date'\}",
    ):
        mapped("customer id", "order date", "invoice date", "amount")


def test_all_problems_at_once() -> None:
    with pytest.raises(OrdersError) as caught:
        mapped("order date", "invoice date", "x", "y")
    assert "2 columns could be ordered_at" in str(caught.value)
    assert "No column found for 'customer_id', 'amount' among its 4" in str(caught.value)


def test_missing_columns() -> None:
    with pytest.raises(
        OrdersError,
        match=r"No column found for 'ordered_at' among its 3 \('customer', 'amount', 'x'\)",
    ):
        mapped("customer", "amount", "x")


def test_missing_amount_says_what_to_do_without() -> None:
    with pytest.raises(
        OrdersError, match=r"No column found for 'amount' .*columns=\{.amount.: None\}"
    ):
        mapped("customer", "date", "quantity")


def test_unknown_names_in_columns() -> None:
    with pytest.raises(
        OrdersError, match=r"names 1 unknown columns \('money'\). The keys are customer_id"
    ):
        mapped("customer", "date", "amount", money="amount")
    with pytest.raises(
        OrdersError, match=r"the DataFrame has no column 'net'. It has 'customer', 'date'"
    ):
        mapped("customer", "date", "amount", amount="net")
    with pytest.raises(OrdersError, match=r"people: columns= names .* \('amount'\).*are kept"):
        mapped("customer", "date", table=PEOPLE, amount="date")


def test_reasons_are_in_the_language_of_the_session() -> None:
    frame = pd.DataFrame(
        {
            "Khách hàng": ["An", "An", "Bình"],
            "Điện thoại": ["0901", "0902", "0903"],
            "Ngày đặt hàng": ["31/01/2024", "15/02/2024", "03/02/2024"],
            "Thành tiền": ["150000", "80000", "90000"],
        }
    )
    with language("vi"):
        reasons = read_orders(frame, columns={"amount": "Thành tiền"}).mapping["reason"]
    assert "tiêu đề 'Ngày đặt hàng' nghĩa là ordered_at" in list(reasons)
    assert "được chỉ định trong columns=" in list(reasons)
    english = " ".join(read_orders(frame, columns={"amount": "Thành tiền"}).mapping["reason"])
    assert "the header 'Ngày đặt hàng' means ordered_at" in english
