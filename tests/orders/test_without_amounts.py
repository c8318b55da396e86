"""Orders read without money say that it is not known, and never that it is 0."""

from __future__ import annotations

from functools import cache

import pytest
from strategies import lines

from retention.check_text import check_text
from retention.orders.orders import Orders
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

DAYS = ["2024-01-01", "2024-02-15", "2024-03-10", "2024-09-10"]


@cache
def orders() -> Orders:
    frame = lines("aabc", DAYS, order_id=list("1234")).drop(columns="amount")
    return read_orders(frame, columns={"amount": None})


# Examples


def test_headlines_about_money_are_missing() -> None:
    found = orders().headlines.set_index("name")
    assert found.loc[["amount", "average_order_value"], "estimate"].isna().all()
    assert found.loc[["orders", "customers"], "estimate"].tolist() == [4, 3]
    # Nobody knows who spends most.
    assert found["without_top_1"].isna().all()


def test_no_line_is_called_free() -> None:
    row = orders().audit.set_index("rule").loc["zero_amount"]
    assert row[["lines", "orders", "customers"]].tolist() == [0, 0, 0]
    assert row["action"] == "Not looked at: the orders were read without amounts, as asked for."
    assert "zero_amounts=" not in check_text(orders())


def test_orders_with_amounts_stay_as_they_are() -> None:
    free = read_orders(lines("aab", DAYS[:3], amount=[0.0, 0.0, 0.0]))
    assert free.audit.set_index("rule").loc["zero_amount", "lines"] == 3
    assert free.headlines.set_index("name").loc["amount", "estimate"] == 0
