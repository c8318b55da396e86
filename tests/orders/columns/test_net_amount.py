"""Amounts are what was paid: totals after a discount are taken, amounts before it are refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import OrdersError
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source

ONE = {
    "order_id": ["1", "2", "3"],
    "customer_id": ["a", "b", "a"],
    "date": ["2024-01-31", "2024-02-01", "2024-02-02"],
}
SOLD = {"quantity": [2, 1, 3], "price": [10.5, 4.0, 20.0]}
OFF = {"discount": [1.5, 0, 6]}
SEVERAL = {
    "order_id": ["1", "1", "2", "2", "3"],
    "customer_id": ["a", "a", "b", "b", "a"],
    "date": ["2024-01-31", "2024-01-31", "2024-02-01", "2024-02-01", "2024-02-02"],
    "quantity": [2, 1, 1, 3, 1],
    "price": [10.5, 4, 10.5, 20, 4],
}


def reasons(columns: dict[str, Any], **given: str | None) -> dict[str, tuple[str, str]]:
    guesses = map_columns(open_source(pd.DataFrame(columns)), columns=given)
    return {guess.column: (guess.source_column, guess.reason) for guess in guesses}


def assert_refused(columns: dict[str, Any], match: str) -> None:
    with pytest.raises(OrdersError, match=match):
        reasons(columns)


# Examples


def test_a_price_after_the_discount() -> None:
    listed = {"list price": [12.0, 4.0, 26.0]}
    per_item = {"discount": [1.5, 0, 6]}
    found = reasons(ONE | SOLD | listed | per_item)
    assert found["unit_price"] == (
        "price",
        "the header 'price' means unit_price; 'list price' could, too; it is after 'discount': it is "
        "taken off from 'list price'",
    )


def test_amounts_after_a_discount_of_the_line() -> None:
    found = reasons(ONE | SOLD | OFF | {"amount": [19.5, 4, 54]})
    assert found["amount"][1].endswith("it is after 'discount': it is taken off from 'price'")


def test_amounts_after_a_rate() -> None:
    found = reasons(ONE | SOLD | {"discount": [0.1, 0, 0.5], "amount": [18.9, 4, 30]})
    assert found["amount"][1].endswith("it is after 'discount': it is taken off from 'price'")


def test_amounts_alone_are_taken_as_net_and_it_is_said() -> None:
    found = reasons(ONE | OFF | {"amount": [19.5, 4, 54]})
    assert found["amount"][1] == "the header 'amount' means amount; taken as after 'discount'"


def test_no_discount_changes_nothing() -> None:
    assert "discount" not in reasons(ONE | SOLD | {"discount": [0, 0, 0]})["unit_price"][1]


def test_the_total_of_the_order_after_its_discount_counts_once() -> None:
    columns = SEVERAL | {"discount": [5, 5, 0, 0, 1], "khách cần trả": [20, 20, 70.5, 70.5, 3]}
    assert reasons(columns)["amount"] == (
        "khách cần trả",
        "'khách cần trả' is the sum of the order's lines less 'discount'; it stands on each line of the "
        "order, and counts once",
    )


def test_the_total_of_the_order_on_its_first_line() -> None:
    columns = SEVERAL | {
        "discount": [5, None, 0, None, 1], "subtotal": [20, None, 70.5, None, 3],
    }  # fmt: skip
    assert reasons(columns)["amount"] == (
        "subtotal", "'subtotal' is the sum of the order's lines less 'discount'",
    )  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"discount": None},
        {"quantity": "quantity", "unit_price": "price"},
        {"amount": "price"},
    ],
    ids=str,
)
def test_what_the_analyst_says_is_taken(given: dict[str, str | None]) -> None:
    assert reasons(ONE | SOLD | OFF, **given)


# Laws


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9999)), min_size=3, max_size=3))
def test_taking_nothing_off_is_never_refused(rows: list[tuple[int, int]]) -> None:
    counts, cents = zip(*rows, strict=True)
    prices = [cent / 100 for cent in cents]
    assert reasons(ONE | {"quantity": counts, "price": prices, "discount": [0, 0, 0]})


# Refusals


def test_quantity_x_price_before_a_discount() -> None:
    assert_refused(
        ONE | SOLD | OFF,
        r"'quantity' x 'price' would be before what 'discount' takes off \('1.5', '6'\), .*"
        r"columns={'quantity': 'quantity', 'unit_price': 'price'} if it is after the discount already; "
        r"or .* frame\['paid'\] = frame\['quantity'\] \* frame\['price'\] - frame\['discount'\], with "
        r"columns={'amount': 'paid'}",
    )


def test_a_rate_is_multiplied() -> None:
    assert_refused(ONE | SOLD | {"discount": [0.1, 0, 0.2]}, r"\* \(1 - frame\['discount'\]\)")


def test_the_discount_of_an_order_is_not_taken_off_from_each_line() -> None:
    assert_refused(
        SEVERAL | {"discount": [5, 5, 8, 8, 0]}, 'a column of your own called "paid", with'
    )


def test_amounts_that_are_quantity_x_price() -> None:
    assert_refused(
        ONE | SOLD | OFF | {"amount": [21, 4, 60]}, "'amount' would be before what 'discount'"
    )


def test_amounts_called_gross() -> None:
    assert_refused(
        ONE | OFF | {"gross sales": [21, 4, 60]}, "'gross sales' would be before what 'discount'"
    )
