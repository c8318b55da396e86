"""Who bought: an id, else an e-mail address or telephone number; never one per order."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.columns.guess import Guess
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source

ORDERS = 60
DATES = [f"2024-01-{place % 28 + 1:02}" for place in range(ORDERS)]
PEOPLE = [f"p{place % 20}@example.com" for place in range(ORDERS)]


def customer(columns: dict[str, list[object]], **options: str) -> Guess:
    size = len(next(iter(columns.values())))
    base = {"order_id": list(range(size)), "date": DATES[:size], "amount": [9.5] * size}
    guesses = map_columns(open_source(pd.DataFrame(base | columns)), columns=options)
    return next(one for one in guesses if one.column == "customer_id")


# Examples


def test_email_where_there_is_no_id() -> None:
    found = customer({"Email": ["a@b.vn", "c@d.vn"], "SĐT": ["0912345678", None]})
    assert found == (
        "customer_id", "Email", "no column of customer ids; 'Email' tells people apart",
    )  # fmt: skip


def test_the_fuller_of_email_and_telephone() -> None:
    found = customer({"Email": ["a@b.vn", None], "SĐT": ["0912345678", "0987654321"]})
    assert found.source_column == "SĐT"


def test_names_give_way_to_telephones() -> None:
    names: list[object] = ["Lê An", "Võ Thị Ba"]
    found = customer({"Khách hàng": names, "Điện thoại": ["0912345678", "0987654321"]})
    assert found.source_column == "Điện thoại"
    assert "'Khách hàng' holds names, which people share" in found.reason
    alone = customer({"Khách hàng": names})
    assert alone.source_column == "Khách hàng"
    assert "people who share one become one" in alone.reason


def test_empty_ids_give_way() -> None:
    found = customer({"Customer ID": [None, None], "Email": ["a@b.vn", "c@d.vn"]})
    assert found == (
        "customer_id", "Email", "the customer ids are no use; 'Email' tells people apart",
    )  # fmt: skip


def test_the_person_of_olist() -> None:
    found = customer({"customer_id": ["x1", "x2"], "customer_unique_id": ["u", "u"]})
    assert found.source_column == "customer_unique_id"


def test_an_id_per_order_may_be_given() -> None:
    ids: list[object] = [f"x{place}" for place in range(ORDERS)]
    found = customer({"customer_id": ids, "email": list(PEOPLE)}, customer_id="customer_id")
    assert found.source_column == "customer_id"


def test_an_id_per_order_without_another_person() -> None:
    ids: list[object] = [f"x{place}" for place in range(ORDERS)]
    assert customer({"customer_id": ids}).source_column == "customer_id"


# Refusals


@pytest.mark.parametrize("person", ["email", "member"])
def test_an_id_per_order(person: str) -> None:
    ids: list[object] = [f"x{place}" for place in range(ORDERS)]
    with pytest.raises(
        OrdersError,
        match=f"'customer_id' is another one on each of the 60 orders .* but '{person}' returns"
        f".*columns={{'customer_id': '{person}'}}",
    ):
        customer({"customer_id": ids, person: list(PEOPLE)})
