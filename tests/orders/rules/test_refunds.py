"""A refund is booked back to the order it undoes, counts from its own date, and is never guessed."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from pandas.testing import assert_frame_equal
from strategies import exactly, refunded_frames

from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.customer_summary import customer_summary

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

NAMES = ["customer_id", "order_id", "ordered_at", "amount", "product", "quantity"]


def read(*rows: tuple[Any, ...], **options: Any) -> Orders:
    """Lines of customer, order, day of January, amount, product and quantity."""
    frame = pd.DataFrame(rows, columns=NAMES[: len(rows[0])])
    frame["ordered_at"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(
        frame["ordered_at"], unit="D"
    )
    return read_orders(frame, **options)


def amounts(orders: Orders) -> dict[str, float]:
    found = orders.to_pandas()
    return dict(zip(found["order_id"], found["amount"], strict=True))


def unmatched(orders: Orders) -> list[float]:
    return orders.set_aside("unmatched_refund")["amount"].tolist()


# Examples


def test_same_order() -> None:
    orders = read(("a", "1", 0, 10.0), ("a", "2", 1, 20.0), ("a", "1", 5, -4.0))
    assert amounts(orders) == {"1": 6.0, "2": 20.0}
    assert unmatched(orders) == []


def test_one_refund_for_a_whole_order_of_many_lines() -> None:
    orders = read(
        ("a", "1", 0, 60.0), ("a", "1", 0, 40.0), ("a", "2", 1, 5.0), ("a", "1", 5, -100.0)
    )
    assert amounts(orders) == {"2": 5.0}
    assert customer_summary(orders)["purchase_days"].tolist() == [1]


def test_latest_earlier_order_of_the_product_with_enough_left() -> None:
    sales = [("a", "1", 0, 30.0, "P"), ("a", "2", 1, 10.0, "P"), ("a", "3", 2, 50.0, "Q")]
    orders = read(*sales, ("a", "C1", 5, -10.0, "P"))
    assert amounts(orders) == {"1": 30.0, "3": 50.0}
    orders = read(*sales, ("a", "C1", 5, -20.0, "P"))
    assert amounts(orders) == {"1": 10.0, "2": 10.0, "3": 50.0}
    orders = read(*sales, ("a", "C1", 5, -10.0, "P"), ("a", "C2", 6, -10.0, "P"))
    assert amounts(orders) == {"1": 20.0, "3": 50.0}


def test_only_earlier_orders() -> None:
    orders = read(("a", "1", 0, 10.0, "P"), ("a", "C1", 1, -20.0, "P"), ("a", "2", 2, 20.0, "P"))
    assert unmatched(orders) == [-20.0]
    assert amounts(orders) == {"1": 10.0, "2": 20.0}


def test_only_the_customer_and_the_product() -> None:
    orders = read(
        ("a", "1", 0, 10.0, "P"), ("b", "2", 0, 10.0, "Q"), ("b", "C1", 1, -10.0, "P")
    )  # fmt: skip
    assert unmatched(orders) == [-10.0]
    assert customer_summary(orders)["total_value"].tolist() == [10.0, 10.0]


def test_items_count_where_both_have_them() -> None:
    sale = ("a", "1", 0, 30.0, "P", 3)
    assert amounts(read(sale, ("a", "C1", 5, -20.0, "P", -2))) == {"1": 10.0}
    assert unmatched(read(sale, ("a", "C1", 5, -10.0, "P", -4))) == [-10.0]


def test_an_order_without_items_left_is_no_purchase() -> None:
    """The shop kept a fee of 5: the money stays, the purchase day does not."""
    orders = read(
        ("a", "1", 0, 30.0, "P", 3), ("a", "2", 9, 1.0, "P", 1), ("a", "1", 5, -25.0, "P", -3)
    )
    assert amounts(orders) == {"1": 5.0, "2": 1.0}
    assert customer_summary(orders)[["purchase_days", "total_value"]].values.tolist() == [[1, 6.0]]


def test_a_refund_without_money_takes_items() -> None:
    orders = read(
        ("a", "1", 0, 30.0, "P", 3), ("a", "2", 9, 1.0, "P", 1), ("a", "1", 5, 0.0, "P", -3)
    )
    assert customer_summary(orders)["purchase_days"].tolist() == [1]


def test_a_discount_line_lowers_its_order_and_undoes_nothing() -> None:
    orders = read(
        ("a", "1", 0, 30.0, "P"), ("a", "1", 0, -30.0, "voucher"), ("a", "2", 3, 5.0, "P")
    )
    assert customer_summary(orders)[["purchase_days", "total_value"]].values.tolist() == [[2, 5.0]]
    assert orders.audit.set_index("rule").loc["matched_refund", "lines"] == 0


def test_a_fully_refunded_first_order_moves_the_cohort() -> None:
    rows = ("a", "1", 0, 10.0), ("a", "1", 45, -10.0), ("a", "2", 40, 20.0)
    cells = cohort_retention(read(*rows))
    assert cells["cohort"].unique().tolist() == [pd.Timestamp("2024-02-01")]
    cells = cohort_retention(read(*rows), as_of="2024-02-11")
    assert cells["cohort"].unique().tolist() == [pd.Timestamp("2024-01-01")]


def test_a_refund_after_the_cut_changes_nothing() -> None:
    sales = ("a", "1", 0, 10.0, "P"), ("a", "2", 5, 20.0, "P")
    known_then = read(*sales)
    known_now = read(*sales, ("a", "2", 9, -20.0, "P")).at("2024-01-06")
    assert_frame_equal(known_now.to_pandas(), known_then.to_pandas())
    assert_frame_equal(customer_summary(known_now), customer_summary(known_then))


def test_accounting_leaves_the_money_in_its_month() -> None:
    orders = read(
        ("a", "1", 0, 10.0, "P"), ("a", "2", 5, 9.0, "P"), ("a", "1", 40, -10.0, "P"),
        returns="accounting",
    )  # fmt: skip
    found = orders.to_pandas()
    assert found["amount"].tolist() == [10.0, 9.0, -10.0]
    assert found["ordered_at"].iloc[-1] == pd.Timestamp("2024-02-10")
    assert customer_summary(orders)[["orders", "purchase_days", "total_value"]].values.tolist() == [
        [2, 2, 9.0]
    ]


def test_a_sale_cancelled_by_status_leaves_its_refund_unmatched() -> None:
    frame = pd.DataFrame(
        {
            "customer_id": "a",
            "order_id": ["1", "1", "2"],
            "ordered_at": ["2024-01-01", "2024-01-02", "2024-01-03"],
            "amount": [10.0, -10.0, 5.0],
            "status": ["cancelled", "completed", "completed"],
        }
    )
    audit = read_orders(frame).audit.set_index("rule")["amount_set_aside"]
    assert audit[["cancelled", "unmatched_refund"]].tolist() == [10.0, -10.0]


# Laws


@given(frame=refunded_frames())
def test_all_money_is_somewhere(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    aside = orders.set_aside("unmatched_refund")["amount"]
    assert exactly(orders.to_pandas()["amount"]) + exactly(aside) == exactly(frame["amount"])


@given(frame=refunded_frames())
def test_row_order_does_not_matter(frame: pd.DataFrame) -> None:
    backwards = read_orders(frame.iloc[::-1])
    assert_frame_equal(read_orders(frame).to_pandas(), backwards.to_pandas())


@pytest.mark.slow
@given(frame=refunded_frames())
def test_the_way_of_booking_moves_no_money(frame: pd.DataFrame) -> None:
    behaviour = read_orders(frame).to_pandas()["amount"]
    assert exactly(behaviour) == exactly(
        read_orders(frame, returns="accounting").to_pandas()["amount"]
    )


# Refusals


def test_unknown_way_of_booking() -> None:
    with pytest.raises(ValueError, match="returns: 'net' is not one of 'behaviour', 'accounting'"):
        read(("a", "1", 0, 10.0), returns="net")
