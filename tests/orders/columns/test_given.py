"""What functions take as orders: `Orders`, or a frame with our own names."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from strategies import lines

from retention.errors import ArgumentError
from retention.orders.columns.given import attribute_names, given_orders
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention

FRAME = lines("ab", ["2024-01-01", "2024-02-01"], State="HN", amount=[1.0, 2.0])

# Examples


def test_frames_and_orders_give_the_same() -> None:
    orders = read_orders(FRAME, attributes=["State"])
    assert_frame_equal(cohort_retention(FRAME, by="State"), cohort_retention(orders, by="State"))


def test_other_headers_of_a_frame_are_no_guesses() -> None:
    frame = FRAME.assign(user_id="z", total=7.0, date="x")
    assert given_orders(frame).to_pandas()["amount"].tolist() == [1.0, 2.0]


def test_a_frame_may_be_observed_for_longer() -> None:
    assert given_orders(FRAME, "2024-12-31").as_of == pd.Timestamp("2024-12-31")


def test_names() -> None:
    orders = given_orders(FRAME.assign(City="x"))
    assert attribute_names(orders, None) == ()
    assert attribute_names(orders, "City") == ("City",)
    assert attribute_names(orders, ["State", "City"]) == ("State", "City")


# Refusals


def test_neither_orders_nor_frame() -> None:
    with pytest.raises(ArgumentError, match=r"orders: a list is no table. Pass what read_orders"):
        cohort_retention([1, 2])


def test_missing_columns() -> None:
    with pytest.raises(
        ArgumentError,
        match=r"orders: 2 of 3 needed columns are missing \('customer_id', 'ordered_at'\); it has "
        r"'user', 'amount'. Other names: read_orders\(frame, columns=",
    ):
        cohort_retention(pd.DataFrame({"user": ["a"], "amount": [1.0]}))


def test_unknown_attribute() -> None:
    with pytest.raises(
        ArgumentError, match=r"by: the orders have no attribute 'x'; they have 'State'"
    ):
        cohort_retention(FRAME, by="x")
