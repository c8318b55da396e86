"""An order's total that stands on each of its lines is counted once, and no money is lost or made."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

TOTAL = {"amount": "order total"}


def orders(**columns: Any) -> pd.DataFrame:
    """Four orders of two lines of unlike products."""
    numbers = [place // 2 for place in range(8)]
    plain = {
        "order_id": [f"o{number}" for number in numbers],
        "customer_id": [f"c{number % 2}" for number in numbers],
        "date": [f"2024-0{number + 1}-05" for number in numbers],
        "product": ["Tea", "Cup"] * 4,
        "order total": [100 + number for number in numbers],
    }
    return pd.DataFrame(plain | columns)


# Examples


def test_totals_are_those_of_the_orders() -> None:
    read = read_orders(orders(), columns=TOTAL)
    assert read.to_pandas()["amount"].tolist() == [100, 101, 102, 103]
    assert read.lines.count().execute() == 8
    assert read.mapping.set_index("column").loc["amount", "reason"].endswith("and counts once")


def test_a_missing_customer_on_a_line_takes_no_money_twice() -> None:
    frame = orders()
    frame.loc[1, "customer_id"] = None
    audit = read_orders(frame, columns=TOTAL).audit.set_index("rule")
    assert audit.loc["lines_read", "amount"] == 406


def test_one_order_id_of_two_customers_is_two_orders() -> None:
    frame = orders()
    frame.loc[2:3, ["order_id", "order total"]] = ["o0", 100]
    assert read_orders(frame, columns=TOTAL).to_pandas()["amount"].tolist() == [100, 100, 102, 103]


def test_settings_repeat_the_reading() -> None:
    frame = orders()
    read = read_orders(frame, columns=TOTAL)
    again = read_orders(frame, **read.settings())
    assert again.to_pandas().equals(read.to_pandas())


def test_what_was_said_of_the_amount_holds() -> None:
    """Two orders prove nothing; next month's file is read like this one."""
    few = orders().head(4)
    assert read_orders(few, amount_of="order").to_pandas()["amount"].tolist() == [100, 101]
    assert read_orders(few, amount_of="line").to_pandas()["amount"].tolist() == [200, 202]
    proven = dict(read_orders(orders(), columns=TOTAL).settings())
    assert proven["amount_of"] == "order"
    del proven["as_of"]
    assert read_orders(few, **proven).to_pandas()["amount"].tolist() == [100, 101]


# Refusals


def test_what_cannot_be_the_amount_of_an_order() -> None:
    with pytest.raises(OrdersError, match=r"2 orders of .* Pass amount_of=\"line\" if each line"):
        read_orders(orders(**{"order total": [1, 2, 3, 4, 5, 5, 6, 6]}), amount_of="order")
    with pytest.raises(OrdersError, match='amount_of="order" needs a column of order ids'):
        read_orders(orders().drop(columns="order_id"), amount_of="order")
    remote = ibis.duckdb.connect().create_table(
        "lines", orders().assign(date=pd.Timestamp("2024-01-05"))
    )
    with pytest.raises(OrdersError, match=r"Keep one row for each order with a query first"):
        read_orders(remote, columns=TOTAL, amount_of="order")


def test_a_late_order_of_unlike_lines() -> None:
    many = pd.concat(
        [orders(order_id=[f"{place}-{n // 2}" for n in range(8)]) for place in range(600)]
    )
    late = pd.concat([many, orders().assign(**{"order total": range(8)})], ignore_index=True)
    with pytest.raises(
        OrdersError, match=r"4 orders of the DataFrame \('o0', 'o1', 'o2'\) have lines of diff"
    ):
        read_orders(late, columns=TOTAL)


def test_the_advice_can_be_followed() -> None:
    with pytest.raises(OrdersError, match=r"To count it once .*columns={'amount': 'order total'}"):
        read_orders(orders())
