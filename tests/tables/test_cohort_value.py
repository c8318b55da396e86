"""Money per customer of the cohort, back or not."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from strategies import exactly, lines, refunded_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.cohort_value import cohort_value

FRAME = lines(
    "aabc",
    ["2024-01-31", "2024-03-01", "2024-01-02", "2024-02-05"],
    amount=[10.0, 40.0, 20.0, 7.0],
)

# Examples


def test_by_hand() -> None:
    table = cohort_value(FRAME, as_of="2024-03-31")
    assert table["eligible"].tolist() == [2, 2, 2, 1, 1]
    assert table["amount"].tolist() == [30.0, 0.0, 40.0, 7.0, 0.0]
    assert table["amount_per_customer"].tolist() == [15.0, 0.0, 20.0, 7.0, 0.0]
    assert table["cumulative_amount_per_customer"].tolist() == [15.0, 15.0, 35.0, 7.0, 7.0]
    assert table["is_complete"].all()


def test_refunds_are_booked_back_to_the_month_of_the_order() -> None:
    refund = lines("a", ["2024-03-20"], amount=-5.0, order_id="1")
    frame = pd.concat([FRAME.assign(order_id=list("1234")), refund])
    assert cohort_value(frame)["amount"].tolist() == [25.0, 0.0, 40.0, 7.0, 0.0]
    accounted = read_orders(frame, returns="accounting")
    assert cohort_value(accounted)["amount"].tolist() == [30.0, 0.0, 35.0, 7.0, 0.0]


def test_groups_have_cumulative_sums_of_their_own() -> None:
    table = cohort_value(FRAME.assign(channel=["x", "y", "y", "x"]), by="channel")
    x = table[(table["channel"] == "x") & (table["cohort"] == "2024-01-01")]
    assert x["cumulative_amount_per_customer"].tolist() == [10.0, 10.0, 50.0]


# Laws


@given(frame=refunded_frames())
def test_money_adds_up(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    table = cohort_value(orders)
    assert exactly(table["amount"]) == exactly(orders.to_pandas()["amount"])
    last = table.groupby("cohort").tail(1)
    total = (last["cumulative_amount_per_customer"] * last["eligible"]).sum()
    assert total == pytest.approx(table["amount"].sum(), abs=1e-6)


# Refusals


def test_unknown_period() -> None:
    with pytest.raises(ArgumentError, match="period: 'days' is not one of"):
        cohort_value(FRAME, period="days")


def test_what_is_left_of_a_refunded_first_order_stays_in_the_cohort() -> None:
    orders = pd.DataFrame(
        {
            "customer_id": ["a", "a", "a", "b"],
            "order_id": ["1", "1", "2", "3"],
            "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-05", "2024-03-01", "2024-01-02"]),
            "amount": [10.0, -8.0, 20.0, 5.0],
            "quantity": [1.0, -1.0, 1.0, 1.0],
            "product": "p",
        }
    )
    assert cohort_value(orders)["amount"].sum() == 27.0


SOLD = pd.DataFrame(
    {
        "customer_id": ["a", "a", "a", "b", "b"],
        "order_id": ["1", "2", "2", "3", "4"],
        "ordered_at": pd.to_datetime(
            ["2024-01-05", "2024-02-10", "2024-02-20", "2024-01-20", "2024-01-25"]
        ),
        "amount": [10.0, 20.0, -5.0, 8.0, 4.0],
        "quantity": [1.0, 4.0, -1.0, 2.0, 1.0],
        "cost": [6.0, 12.0, -3.0, 5.0, 1.0],
    }
)


@pytest.mark.parametrize(
    ("measure", "amounts"),
    [
        ("net", [22.0, 15.0]),
        ("gross", [22.0, 20.0]),
        ("margin", [10.0, 6.0]),
        ("orders", [3.0, 1.0]),
        ("items", [4.0, 3.0]),
    ],
)
def test_measures_by_hand(measure: Any, amounts: list[float]) -> None:
    orders = read_orders(SOLD, as_of="2024-02-29", currency="EUR")
    table = cohort_value(orders, measure=measure)
    assert table["amount"].tolist() == amounts
    assert table["cumulative_amount_per_customer"].tolist() == [
        amounts[0] / 2,
        sum(amounts) / 2,
    ]
    assert set(table["measure"]) == {measure}
    # Whatever is measured, an order's value is its net amount.
    assert table["orders"].tolist() == [3, 1]
    assert table["average_order_value"].tolist() == [22 / 3, 15.0]
    assert table["cumulative_average_order_value"].tolist() == [22 / 3, 37 / 4]
    assert table.attrs["currency"] == (None if measure in ("orders", "items") else "EUR")


def test_windows_of_days_count_the_same_customers_up_to_the_age() -> None:
    frame = lines(
        "aabb", ["2024-01-01", "2024-02-10", "2024-01-31", "2024-02-03"], amount=[1, 2, 40, 8]
    )
    table = cohort_value(frame, as_of="2024-03-20", alignment="relative")
    shown = table[["eligible", "amount", "amount_per_customer", "cumulative_amount_per_customer"]]
    # b, observed for 49 days, is not asked in the second window, nor for what it adds up to.
    assert shown.to_numpy().tolist() == [[2, 49.0, 24.5, 24.5], [1, 2.0, 2.0, 3.0]]
    assert table["is_complete"].tolist() == [True, False]


def test_the_last_age() -> None:
    assert cohort_value(FRAME, as_of="2024-03-31", max_age=0)["age"].tolist() == [0, 0]


def test_nobody_ordered_is_no_order_value() -> None:
    table = cohort_value(FRAME, as_of="2024-03-31")
    assert table["average_order_value"].isna().tolist() == [False, True, False, False, True]


@given(frame=refunded_frames())
def test_gross_is_net_and_what_was_paid_back(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    gross, net = (cohort_value(orders, measure=measure) for measure in ("gross", "net"))
    assert (gross["amount"] >= net["amount"] - 1e-9).all()
    if (frame["amount"] >= 0).all():
        assert gross["amount"].tolist() == net["amount"].tolist()
    relative = cohort_value(orders, alignment="relative")
    returned = cohort_retention(orders, alignment="relative")
    same = ["cohort", "age", "cohort_size", "eligible", "is_complete"]
    pd.testing.assert_frame_equal(relative[same], returned[same])


def test_a_measure_that_the_orders_do_not_tell() -> None:
    with pytest.raises(ArgumentError, match=r"measure: the orders have no cost or a margin, so"):
        cohort_value(FRAME, measure="margin")
    with pytest.raises(ArgumentError, match=r"measure: the orders have no quantity, so 'items'"):
        cohort_value(FRAME, measure="items")
    with pytest.raises(ArgumentError, match=r"measure: 'profit' is not one of 'net', 'gross'"):
        cohort_value(FRAME, measure="profit")


def test_orders_without_a_cost_are_not_free() -> None:
    with pytest.raises(ArgumentError, match=r"measure: 1 of 4 orders have no cost, so 'margin'"):
        cohort_value(SOLD.assign(cost=[None, 12.0, -3.0, 5.0, 1.0]), measure="margin")
