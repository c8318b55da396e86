"""One row per customer: days, ages and money by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from strategies import lines, order_frames

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary

FRAME = lines(
    "aaaabc",
    [
        "2024-01-01 10:00",
        "2024-01-01 23:59",
        "2024-01-11",
        "2024-01-31",
        "2024-01-20",
        "2024-01-31",
    ],
    order_id=list("123456"),
    amount=[10.0, 5.0, 30.0, 0.0, 7.0, 1.0],
)


def row(customer: str, **options: object) -> pd.Series:
    table = customer_summary(FRAME, **options)
    return table.set_index("customer_id").loc[customer]


# Examples


def test_several_purchases() -> None:
    found = row("a")
    assert found["orders"] == 4
    assert found["purchase_days"] == 3
    assert found["frequency"] == 2
    assert found["recency"] == 30
    assert found["T"] == 30
    assert found["monetary_value"] == 15.0
    assert found["average_order_value"] == 45 / 4
    assert found["total_value"] == 45.0
    assert found["first_order_at"] == pd.Timestamp("2024-01-01 10:00")
    assert found["last_order_at"] == pd.Timestamp("2024-01-31")
    assert found["days_since_last_order"] == 0
    assert found["paid_days"] == 1
    assert found["paid_value"] == 30.0
    assert found["last_gap_days"] == 20


def test_one_purchase() -> None:
    found = row("b")
    assert found[["frequency", "recency", "T", "days_since_last_order"]].tolist() == [0, 0, 11, 11]
    assert found[["monetary_value", "paid_value", "last_gap_days"]].isna().all()
    assert found["average_order_value"] == 7.0


def test_a_first_purchase_on_as_of_stays() -> None:
    assert row("c")[["frequency", "T", "days_since_last_order"]].tolist() == [0, 0, 0]


def test_as_of_is_included_whole() -> None:
    assert row("a", as_of="2024-01-11")[["purchase_days", "T"]].tolist() == [2, 10]
    assert row("a", as_of="2024-01-01")["orders"] == 2


def test_attributes_are_those_of_the_first_order_that_counts() -> None:
    frame = lines(
        "aaabb",
        ["2024-01-01", "2024-01-05", "2024-01-02", "2024-01-03", "2024-01-03"],
        order_id=["1", "1", "2", "4", "3"],
        amount=[10.0, -10.0, 5.0, 1.0, 1.0],
        channel=["web", "web", "shop", "web", None],
    )
    found = customer_summary(frame, by="channel")
    assert found.columns[0] == "channel"
    assert found["channel"].tolist() == ["shop", "(missing)"]


def test_a_wholly_refunded_customer_is_none() -> None:
    frame = lines("aab", ["2024-01-01", "2024-01-05", "2024-01-02"], order_id=["1", "1", "2"])
    frame["amount"] = [10.0, -10.0, 3.0]
    assert customer_summary(frame)["customer_id"].tolist() == ["b"]
    assert customer_summary(frame, as_of="2024-01-04")["customer_id"].tolist() == ["a", "b"]


# Laws


@given(frame=order_frames())
def test_ages_and_counts(frame: pd.DataFrame) -> None:
    table = customer_summary(read_orders(frame))
    assert (table["recency"] <= table["T"]).all()
    assert (table["recency"] + table["days_since_last_order"] == table["T"]).all()
    assert (table.loc[table["frequency"] == 0, "recency"] == 0).all()
    assert (table["frequency"] == table["purchase_days"] - 1).all()
    assert (table["purchase_days"] <= table["orders"]).all()
    assert (table["monetary_value"].isna() == (table["frequency"] == 0)).all()
    assert table["orders"].sum() == len(frame)


@pytest.mark.slow
@given(frame=order_frames())
def test_calibration_plus_holdout_is_all(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    cut = orders.history_start + (orders.as_of - orders.history_start) // 2
    before = customer_summary(orders, as_of=cut)["purchase_days"].sum()
    days = frame.assign(day=frame["ordered_at"].dt.normalize())
    after = days[days["day"] > cut].drop_duplicates(["customer_id", "day"])
    assert before + len(after) == customer_summary(orders)["purchase_days"].sum()


# Refusals


def test_as_of_after_the_orders() -> None:
    with pytest.raises(ArgumentError, match=r"2024-02-01 lies after the orders' own 2024-01-31"):
        customer_summary(read_orders(FRAME), as_of="2024-02-01")


def test_unknown_attribute() -> None:
    with pytest.raises(
        ArgumentError, match=r"by: the orders have no attribute 'channel'; they have none"
    ):
        customer_summary(FRAME, by="channel")


def lines_with_items(*rows: tuple[str, str, str, float, float | None, str]) -> pd.DataFrame:
    columns = ["customer_id", "order_id", "ordered_at", "amount", "quantity", "product"]
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.assign(ordered_at=pd.to_datetime(frame["ordered_at"]))


def test_a_line_without_a_quantity_is_not_refunded_with_the_others() -> None:
    orders = lines_with_items(
        ("a", "1", "2024-01-01", 10.0, 1, "p"),
        ("a", "1", "2024-01-01", 90.0, None, "q"),
        ("a", "1", "2024-01-05", -10.0, -1, "p"),
    )
    found = customer_summary(orders)
    assert found[["purchase_days", "total_value"]].values.tolist() == [[1, 90.0]]


def test_a_free_order_of_two_stays_when_one_comes_back() -> None:
    orders = lines_with_items(
        ("a", "1", "2024-01-01", 0.0, 2, "p"), ("a", "1", "2024-01-05", 0.0, -1, "p")
    )
    assert customer_summary(orders)["purchase_days"].tolist() == [1]
    whole = orders.assign(quantity=[2.0, -2.0])
    whole = pd.concat([whole, lines_with_items(("b", "2", "2024-01-02", 5.0, 1, "p"))])
    assert customer_summary(whole)["customer_id"].tolist() == ["b"]
