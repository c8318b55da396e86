"""Headers that promise one thing over cells that hold another."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.style import use_style
from retention.errors import OrdersError
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source

ROWS = 120
BASE = {
    "customer_id": [f"C{place % 7}" for place in range(ROWS)],
    "date": [f"2024-01-{place % 28 + 1:02}" for place in range(ROWS)],
    "amount": [f"{place}.50" for place in range(ROWS)],
}


def mapped(**columns: list[object]) -> dict[str, str]:
    guesses = map_columns(open_source(pd.DataFrame(BASE | columns)))
    return {guess.column: guess.source_column for guess in guesses}


# Examples


def test_optional_columns_of_another_use_are_left() -> None:
    found = mapped(
        email=["yes", "no"] * 60,
        phone=["iOS", "Android"] * 60,
        currency=["24.350,00 to the dollar"] * ROWS,
        items=["2x tea, 1x cup"] * ROWS,
        discount=["0.2", "0"] * 60,
    )
    assert list(found) == ["customer_id", "ordered_at", "amount"]


def test_a_bare_code_is_the_order_where_its_values_say_so() -> None:
    assert mapped(Mã=[f"#1000{place}" for place in range(ROWS)])["order_id"] == "Mã"
    assert "order_id" not in mapped(Mã=[f"T{place % 9}" for place in range(ROWS)])
    assert mapped(**{"Số CT": [f"T{place}" for place in range(ROWS)]})["order_id"] == "Số CT"


def test_objects_are_no_ids() -> None:
    frame = pd.DataFrame(BASE | {"customer_id": ['{"id": 1}', '{"id": 2}'] * 60})
    with pytest.raises(
        OrdersError, match="'customer_id' would, but 'customer_id' holds objects, no ids"
    ):
        map_columns(open_source(frame))


def test_money_discounts_are_kept() -> None:
    assert mapped(discount=["0.2", "5"] * 60)["discount"] == "discount"


def test_a_later_tier_takes_over() -> None:
    found = mapped(customer_id=[None] * ROWS, customer=BASE["customer_id"])
    assert found["customer_id"] == "customer"


def test_few_cells_prove_nothing() -> None:
    frame = pd.DataFrame({"customer": ["a", "b"], "date": ["?", "-"], "amount": ["x", "y"]})
    assert [guess.column for guess in map_columns(open_source(frame))] == [
        "customer_id", "ordered_at", "amount",
    ]  # fmt: skip


def test_the_reason_says_what_spoke_against_another_in_the_language_of_the_session() -> None:
    frame = pd.DataFrame(BASE | {"customer_id": [None] * ROWS, "customer": BASE["customer_id"]})
    with use_style(language="vi"):
        guesses = map_columns(open_source(frame))
    reason = next(guess.reason for guess in guesses if guess.column == "customer_id")
    assert reason.endswith("; 'customer_id' trống")


# Refusals


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (
            {"date": ["Lan", "Minh"] * 60},
            r"No column holds ordered_at: .*'date' .* holds no dates \('Lan'",
        ),
        ({"customer_id": ["shop"] * ROWS}, r"'customer_id' is the same on every row \('shop'\)"),
        ({"customer_id": [None] * ROWS}, "'customer_id' is empty"),
        ({"amount": ["Lan", "Minh"] * 60}, r"'amount' holds no numbers \('Lan', 'Minh'"),
    ],
)
def test_needed_columns(columns: dict[str, list[object]], message: str) -> None:
    with pytest.raises(OrdersError, match=message):
        mapped(**columns)


def test_sales_can_be_a_person() -> None:
    frame = pd.DataFrame(BASE).drop(columns="amount").assign(sales="Lan Anh")
    with pytest.raises(OrdersError, match=r"'sales' holds no numbers .*columns={'amount'"):
        map_columns(open_source(frame))
