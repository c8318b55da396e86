"""Where no header helps: taken if only one column can be meant, else asked for."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source

BASE = {
    "customer_id": ["a", "b", "a"],
    "date": ["2024-01-31", "2024-02-01", "2024-02-02"],
    "amount": 5.5,
}


def mapped(without: str, **columns: object) -> dict[str, tuple[str, str]]:
    frame = pd.DataFrame(BASE).drop(columns=without).assign(**columns)
    return {one.column: (one.source_column, one.reason) for one in map_columns(open_source(frame))}


# Examples


@pytest.mark.parametrize("days", [BASE["date"], ["31 thg 1, 2024"] * 3, ["Jan 5, 2024"] * 3])
def test_the_only_column_of_dates(days: list[str]) -> None:
    found = mapped("date", when=days, birthday="1990-05-01", ship_date="2024-03-01")
    assert found["ordered_at"][0] == "when"
    assert found["ordered_at"][1].startswith("contents: the only column of dates")


def test_the_only_column_of_addresses() -> None:
    found = mapped("customer_id", contact=["a@b.vn", "c@d.vn", "a@b.vn"])
    assert found["customer_id"] == ("contact", "contents: the only column of e-mail addresses")


def test_the_only_column_with_a_currency() -> None:
    found = mapped("amount", sum=["350.000 đ", "80.000 đ", "1.200.000 đ"], points=[1, 2, 3])
    assert found["amount"] == ("sum", "contents: the only column of amounts with a currency")


# Refusals


def test_two_columns_of_dates() -> None:
    with pytest.raises(OrdersError, match=r"for 'ordered_at' .* Did you mean 'when', 'then'\?"):
        mapped("date", when=BASE["date"], then=["2024-03-01", "2024-03-02", "2024-03-03"])


def test_numbers_may_be_amounts() -> None:
    with pytest.raises(OrdersError, match=r"for 'amount' .* Did you mean 'x'\?"):
        mapped("amount", x=[10.5, 20.5, 99.0], rating=[1, 5, 4])


def test_names_may_be_customers() -> None:
    with pytest.raises(OrdersError, match=r"for 'customer_id' .* Did you mean 'Tên khách'\?"):
        mapped("customer_id", **{"Tên khách": ["Lê An", "Võ Ba", "Lê An"]})


def test_nothing_to_suggest() -> None:
    with pytest.raises(OrdersError, match=r"\('customer_id', 'amount'\)\. Name them"):
        mapped("date")
