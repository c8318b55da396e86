"""Refunds in a column of their own are taken off, and nothing else is."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import OrdersError
from retention.orders.orders import Orders
from retention.orders.read import read_orders

LINES = {
    "order_id": ["1", "1", "2", "3"],
    "customer_id": ["a", "a", "b", "a"],
    "date": ["2024-01-31", "2024-01-31", "2024-02-01", "2024-02-02"],
    "product": ["Tea", "Cup", "Tea", "Pot"],
    "amount": [30.0, 20.0, 40.0, 25.0],
}


def read(refunds: list[Any], *, name: str = "refunded_amount", **options: Any) -> Orders:
    return read_orders(pd.DataFrame(LINES | {name: refunds}), **options)


def amounts(orders: Orders) -> dict[str, float]:
    table = orders.to_pandas()
    return dict(zip(table["order_id"], table["amount"], strict=True))


# Examples


@pytest.mark.parametrize(
    ("refunds", "left"),
    [
        ([0, 15.5, 0, None], {"1": 34.5, "2": 40.0, "3": 25.0}),
        ([None, 45.5, None, -5], {"1": 4.5, "2": 40.0, "3": 20.0}),
        ([30, 20, 0, 0], {"2": 40.0, "3": 25.0}),
        ([60.5, None, 0, 0], {"2": 40.0, "3": 25.0}),
    ],
    ids=str,
)
def test_what_is_left_of_each_order(refunds: list[Any], left: dict[str, float]) -> None:
    assert amounts(read(refunds)) == left


@pytest.mark.slow
def test_a_refund_of_the_order_on_each_line_counts_once() -> None:
    repeated = pd.concat([pd.DataFrame(LINES).assign(order_id=lambda t, n=n: t["order_id"] + str(n))
                          for n in "xyz"])  # fmt: skip
    repeated["total refunded"] = [12.5, 12.5, 0, 0, 2.5, 2.5, 0, 0, 10.5, 10.5, 0, 0]
    assert sum(amounts(read_orders(repeated)).values()) == 3 * 115 - 25.5


@pytest.mark.slow
def test_a_refund_of_the_order_goes_with_its_amount() -> None:
    frame = pd.DataFrame(
        LINES | {"total": [50.0, 50.0, 40.0, 25.0], "refunded": [12.5, 12.5, 0, 0]}
    )
    orders = read_orders(frame.drop(columns="amount"), amount_of="order")
    assert amounts(orders) == {"1": 37.5, "2": 40.0, "3": 25.0}


@pytest.mark.slow
def test_an_order_given_back_whole_is_returned_with_its_money() -> None:
    audit = read([30, 20, 0, 10]).audit.set_index("rule")
    assert audit.loc["returned", ["lines_set_aside", "amount_set_aside"]].tolist() == [2, 50.0]
    assert audit.loc["refunded_amount", "lines"] == 3
    assert audit.loc["lines_read", "amount"] == 105.0


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"net sales": [30, 20, 40, 25], "returns": [0, -5, 0, 0]}, "by its name 'net sales' is net"),
        ({"total": [30, 20, 40, 25], "gross": [30, 25, 40, 25], "refund": [0, 5, 0, 0]},
         "it is taken off from 'gross'"),
    ],
)  # fmt: skip
def test_amounts_after_refunds_stay(more: dict[str, list[float]], reason: str) -> None:
    plain = {name: cells for name, cells in LINES.items() if name != "amount"}
    orders = read_orders(pd.DataFrame(plain | more))
    assert amounts(orders) == {"1": 50.0, "2": 40.0, "3": 25.0}
    assert reason in orders.mapping.set_index("column").loc["amount", "reason"]


@pytest.mark.slow
def test_it_can_be_left() -> None:
    assert amounts(read([0, 15, 0, 0], columns={"refunded": None}))["1"] == 50.0


# Laws


@pytest.mark.slow
@given(st.lists(st.integers(0, 60), min_size=4, max_size=4))
def test_no_money_is_made_or_lost(refunds: list[int]) -> None:
    orders = read([float(refund) + 0.5 * bool(refund) for refund in refunds])
    back = [refund + 0.5 * bool(refund) for refund in refunds]
    paid = {"1": (50.0, sum(back[:2])), "2": (40.0, back[2]), "3": (25.0, back[3])}
    left = {order: full - off for order, (full, off) in paid.items() if full > off}
    assert amounts(orders) == left


# Refusals


def test_a_count_is_no_money() -> None:
    with pytest.raises(
        OrdersError, match=r"'Số lượng trả' speaks of what was given back on 1 of 4 rows"
    ):
        read([0, 1, 0, 0], name="Số lượng trả")
    with pytest.raises(OrdersError, match=r"'refund' speaks of .* \('1'\), and is no money"):
        read([0, 1, 0, 1], name="refund")


def test_a_word_is_no_money() -> None:
    """Rows that a status takes out anyway are no reason to ask."""
    flags = ["no", "no", "no", "yes"]
    with pytest.raises(OrdersError, match=r"'Refunded' speaks of .* on 1 of 4 rows \('yes'\)"):
        read(flags, name="Refunded")
    frame = pd.DataFrame(
        LINES | {"Refunded": flags, "status": ["paid", "paid", "paid", "refunded"]}
    )
    assert amounts(read_orders(frame)) == {"1": 50.0, "2": 40.0}


def test_amounts_that_may_be_what_is_left() -> None:
    frame = pd.DataFrame(LINES | {"refunded": [0, 0, 40, 0]}).assign(amount=[30.0, 20.0, 0.0, 25.0])
    with pytest.raises(OrdersError, match=r"the amount is 0 on 1 rows with a number in 'refunded'"):
        read_orders(frame)


def test_one_number_on_all_lines_of_an_order() -> None:
    with pytest.raises(
        OrdersError, match=r"is the same on all lines of 1 orders \('1'\): it may be"
    ):
        read([12.5, 12.5, 0, 0])


@pytest.mark.slow
def test_remote_tables() -> None:
    frame = pd.DataFrame(LINES | {"refunded": [0.0, 5.5, 0, 0]})
    remote = ibis.duckdb.connect().create_table(
        "lines", frame.assign(date=pd.Timestamp("2024-01-05"))
    )
    with pytest.raises(OrdersError, match=r"'refunded' is not taken off in a remote table"):
        read_orders(remote)
    assert read_orders(remote, columns={"refunded": None}).to_pandas()["amount"].sum() == 115.0
