"""People: one row each, buyers or not."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from retention.errors import ArgumentError, OrdersError
from retention.orders.people import read_people

PEOPLE = pd.DataFrame(
    {"Mã KH": ["007", "8"], "Ngày đăng ký": ["31/01/2024", "01/02/2024"], "city": ["Huế", None]}
)
MESSY = pd.DataFrame(
    {
        "customer_id": ["a", "a", None, "b"],
        "first_seen_at": ["2024-01-01", "x", "2024-01-03", "2024-01-04"],
    }
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


def test_contacts_stand_under_our_names() -> None:
    contacts = PEOPLE.assign(
        **{"E-mail": ["a@b.vn", "c@d.vn"], "SĐT": ["0912345678", "84912345679"]}
    )
    found = read_people(contacts)
    assert list(found) == ["customer_id", "first_seen_at", "email", "phone", "city"]
    assert found["phone"].tolist() == ["0912345678", "84912345679"]


def test_a_list_of_contacts_needs_no_day() -> None:
    found = read_people(pd.DataFrame({"Mã KH": ["1"], "SĐT": ["0912345678"]}))
    assert list(found) == ["customer_id", "first_seen_at", "phone"]
    assert found["first_seen_at"].dtype == "datetime64[us]"
    assert found["first_seen_at"].isna().all()


def test_further_columns_are_text_whatever_their_name() -> None:
    """A column of theirs may be called like one of our results."""
    found = read_people(PEOPLE.assign(age=["34", "unknown"], frequency=[1.0, 2.0]))
    assert found["age"].tolist() == ["34", "unknown"]
    assert found["frequency"].tolist() == ["1", "2"]


def test_a_column_that_bears_our_name_and_is_not_it() -> None:
    both = PEOPLE.assign(customer_id=["x", "y"])
    found = read_people(both, columns={"customer_id": "Mã KH"})
    assert found["customer_id"].tolist() == ["007", "8"]
    assert found["source customer_id"].tolist() == ["x", "y"]


def test_rows_set_aside() -> None:
    found = read_people(MESSY, unreadable="set_aside")
    assert found["customer_id"].tolist() == ["a", "b"]
    assert found["first_seen_at"].dt.day.tolist() == [1, 4]
    assert found.attrs["set_aside"] == 2
    assert read_people(PEOPLE).attrs["set_aside"] == 0


# Refusals


def test_missing_columns() -> None:
    with pytest.raises(
        OrdersError, match=r"people: .*No column found for 'customer_id' among its 1"
    ):
        read_people(PEOPLE[["city"]])


def test_all_problems_at_once() -> None:
    with pytest.raises(OrdersError) as caught:
        read_people(MESSY)
    message = str(caught.value)
    assert "1 of 4 rows have no customer_id" in message
    assert "1 of 4 rows repeat an id ('a')" in message
    assert "1 of 4 rows have no readable first_seen_at ('x')" in message
    assert 'unreadable="set_aside"' in message


def test_empty_frame() -> None:
    with pytest.raises(OrdersError, match="people: the DataFrame has no rows"):
        read_people(PEOPLE.iloc[:0])


def test_ambiguous_dates() -> None:
    people = pd.DataFrame({"customer_id": ["a"], "first_seen_at": ["01/02/2024"]})
    with pytest.raises(OrdersError, match="people: day and month cannot be told apart"):
        read_people(people)


def test_unknown_way_with_unreadable_rows() -> None:
    with pytest.raises(
        ArgumentError, match="unreadable: 'drop' is not one of 'error', 'set_aside'"
    ):
        read_people(PEOPLE, unreadable="drop")
