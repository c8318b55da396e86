"""Money per customer of the cohort, back or not."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from strategies import exactly, lines, refunded_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
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
