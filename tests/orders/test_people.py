"""People: one row each, buyers or not."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import OrdersError
from retention.orders.people import read_people

PEOPLE = pd.DataFrame(
    {"Mã KH": ["007", "8"], "Ngày đăng ký": ["31/01/2024", "01/02/2024"], "city": ["Huế", None]}
)

# Examples


def test_vietnamese_headers_and_further_columns() -> None:
    expected = pd.DataFrame(
        {
            "customer_id": ["007", "8"],
            "first_seen_at": pd.to_datetime(["2024-01-31", "2024-02-01"]).as_unit("us"),
            "city": ["Huế", None],
        }
    ).astype({"city": "str"})
    assert_frame_equal(read_people(PEOPLE), expected)


def test_given_columns_and_zone() -> None:
    people = pd.DataFrame({"lead": [1, 2], "at": ["2024-01-01T20:00:00Z", "2024-01-02T01:00:00Z"]})
    found = read_people(
        people, columns={"customer_id": "lead", "first_seen_at": "at"}, timezone="Asia/Ho_Chi_Minh"
    )
    assert found["customer_id"].tolist() == ["1", "2"]
    assert found["first_seen_at"].dt.day.tolist() == [2, 2]


# Refusals


def test_missing_columns() -> None:
    with pytest.raises(
        OrdersError, match=r"people: no column found for 'first_seen_at' among the 1"
    ):
        read_people(PEOPLE[["Mã KH"]])


def test_all_problems_at_once() -> None:
    people = pd.DataFrame(
        {"customer_id": ["a", "a", None], "first_seen_at": ["2024-01-01", "x", "y"]}
    )
    with pytest.raises(OrdersError) as caught:
        read_people(people)
    message = str(caught.value)
    assert "1 of 3 rows have no id" in message
    assert "1 of 3 rows repeat an id ('a')" in message
    assert "2 of 3 rows have no readable first_seen_at" in message


def test_empty_frame() -> None:
    with pytest.raises(OrdersError, match="people: the DataFrame has no rows"):
        read_people(PEOPLE.iloc[:0])


def test_ambiguous_dates() -> None:
    people = pd.DataFrame({"customer_id": ["a"], "first_seen_at": ["01/02/2024"]})
    with pytest.raises(OrdersError, match="people: day and month cannot be told apart"):
        read_people(people)
