"""Tables that are no list of orders: each is recognised, and what to do is said."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.columns.mapping import map_columns
from retention.orders.read import read_orders
from retention.orders.source import open_source

DAYS = ["2024-01-31", "2024-02-01", "2024-02-02", "2024-02-03"]
PEOPLE = ["a", "b", "c", "d"]


def assert_refused(columns: dict[str, object], message: str) -> None:
    with pytest.raises(OrdersError, match=message):
        map_columns(open_source(pd.DataFrame(columns)))


def mapped(columns: dict[str, object]) -> list[str]:
    return [guess.column for guess in map_columns(open_source(pd.DataFrame(columns)))]


# Examples: tables that only look like it


def test_tickets_of_events_are_orders() -> None:
    tickets = {"user_id": PEOPLE, "event": ["Coldplay", "Jazz night"] * 2, "date": DAYS}
    assert mapped(tickets | {"amount": 50.5}) == ["customer_id", "ordered_at", "amount"]


def test_events_of_purchases_only_are_orders() -> None:
    events = {
        "user_id": PEOPLE,
        "event": ["purchase", "refund"] * 2,
        "timestamp": DAYS,
        "price": 5.5,
    }
    assert mapped(events) == ["customer_id", "ordered_at", "amount"]


def test_orders_with_what_is_known_of_the_customer() -> None:
    orders = {"customer_id": PEOPLE, "date": DAYS, "amount": 5.5, "total_orders": 3, "recency": 9}
    assert mapped(orders) == ["customer_id", "ordered_at", "amount"]


def test_two_periods_are_no_pivot_table() -> None:
    orders = {"customer_id": PEOPLE, "date": DAYS, "amount": 5.5, "2023": 1, "2024": 2, "2025": 3}
    assert mapped(orders) == ["customer_id", "ordered_at", "amount"]


def test_an_analyst_who_names_everything_is_obeyed() -> None:
    events = {
        "user_id": PEOPLE,
        "event": ["view", "cart", "view", "purchase"],
        "at": DAYS,
        "sum": 5.5,
    }
    ours = {"customer_id": "user_id", "ordered_at": "at", "amount": "sum"}
    assert read_orders(pd.DataFrame(events), columns=ours).counts["orders"] == 4


# Refusals


def test_log_of_events_with_purchases() -> None:
    assert_refused(
        {
            "user_id": PEOPLE,
            "event_type": ["view", "cart", "view", "purchase"],
            "time": DAYS,
            "price": 5.5,
        },
        r"a log of events, not of orders: 'event_type' has 3 kinds \('view', 'cart', 'purchase'\).*"
        r"rows\[rows\['event_type'\] == 'purchase'\].*read_touches\(\)",
    )


def test_log_of_events_of_one_step_before_another() -> None:
    kinds = ["catalog", "payment_choice", "payment_done", "main"]
    assert_refused({"user_id": PEOPLE, "event": kinds, "timestamp": DAYS}, "== 'payment_done'")


def test_log_of_events_without_purchases() -> None:
    assert_refused(
        {"user_id": PEOPLE, "action": ["page_view", "click"] * 2, "timestamp": DAYS},
        "None of those looked at is a purchase, so there are no orders in it",
    )


@pytest.mark.parametrize(
    "columns",
    [
        {
            "customer_id": PEOPLE,
            "frequency": 2,
            "recency": 30.4,
            "T": 38.9,
            "monetary_value": 22.35,
        },
        {"Email": [f"{one}@b.vn" for one in PEOPLE], "Total Spent": 5.5, "Total Orders": 3},
        {"Mã khách hàng": PEOPLE, "Tổng bán": 1_500_000, "Ngày giao dịch cuối": DAYS},
        {"Mã KH": PEOPLE, "Số lần mua": 3, "Ngày mua gần nhất": DAYS, "Tổng chi tiêu": 900_000},
        {"customer_id": PEOPLE, "orders": 3, "last_order_date": DAYS, "amount": 5.5},
    ],
    ids=["lifetimes", "shopify", "kiotviet", "vietnamese", "with an amount"],
)
def test_customer_summaries(columns: dict[str, object]) -> None:
    assert_refused(columns, "a summary with one row for each customer .*not a list of orders")


@pytest.mark.parametrize(
    "periods",
    [
        ("2024-01", "2024-02", "2024-03"),
        ("Jan 2024", "Feb 2024", "Mar 2024"),
        ("Tháng 1", "Tháng 2", "Tháng 3"),
        ("T1/2024", "T2/2024", "T3/2024"),
        ("01/2024", "02/2024", "03/2024"),
        ("Q1", "Q2", "Q3"),
    ],
)
def test_pivot_tables(periods: tuple[str, ...]) -> None:
    columns: dict[str, object] = {"customer": PEOPLE}
    assert_refused(
        columns | dict.fromkeys(periods, 5.5), "a pivot table: 3 columns are periods .*melt"
    )


def test_orders_of_olist_alone() -> None:
    assert_refused(
        {"order_id": PEOPLE, "customer_id": PEOPLE, "order_purchase_timestamp": DAYS},
        "another one for every order. Join olist_customers_dataset .* customer_unique_id is the person",
    )


def test_merged_cells() -> None:
    assert_refused(
        {
            "Mã đơn": ["1", None, "2", None],
            "Mã KH": ["a", None, "b", None],
            "Ngày": ["2024-01-31", None, "2024-02-01", None],
            "Sản phẩm": ["Trà", "Chén", "Trà", "Ấm"],
            "Thành tiền": [5.5, 6.5, 7.5, 8.5],
        },
        r"2 of the 4 rows .* have a product but neither 'Mã đơn' nor 'Mã KH': .*ffill\(\)",
    )
