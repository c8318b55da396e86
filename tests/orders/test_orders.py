"""`Orders`: frozen, cut at any earlier day, and read again exactly from its own settings."""

from __future__ import annotations

import dataclasses
import socket
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from pandas.testing import assert_frame_equal
from strategies import lines, order_frames, refunded_frames, shop_frame

from retention.engine.frames import to_frame
from retention.errors import ArgumentError
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.rules.check import RULES
from retention.tables.customer_summary import customer_summary
from retention.texts import language

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

FRAME = lines("aab", ["2024-01-01 09:00", "2024-01-15", "2024-02-10"], channel=["x", None, "y"])

# Examples


def test_what_it_knows() -> None:
    orders = read_orders(FRAME, currency="VND", timezone="Asia/Ho_Chi_Minh")
    assert orders.as_of == pd.Timestamp("2024-02-10")
    assert orders.history_start == pd.Timestamp("2024-01-01")
    assert (orders.currency, orders.timezone) == ("VND", "Asia/Ho_Chi_Minh")
    assert orders.attributes == ("channel",)
    assert orders.counts == {"orders": 3, "customers": 2}


def test_thousands_are_written_as_the_language_does() -> None:
    frame = pd.concat([FRAME.assign(ordered_at=FRAME["ordered_at"] + pd.Timedelta(minutes=n))
                       for n in range(400)])  # fmt: skip
    with language("vi"):
        assert repr(read_orders(frame)).startswith("Đơn hàng: 1.200 đơn hàng của 2 khách hàng")


def test_short_repr_and_card() -> None:
    orders = read_orders(FRAME)
    text = "Orders: 3 orders of 2 customers, 2024-01-01 to 2024-02-10, from the DataFrame"
    assert repr(orders) == text
    card = orders._repr_html_()
    assert text in card
    assert "ordered_at" in card
    assert "orders.audit" in card


def test_card_escapes_what_the_source_says() -> None:
    frame = FRAME.rename(columns={"channel": "<script>"})
    orders = read_orders(frame, columns={"channel": "<script>"})
    assert "<script>" not in orders._repr_html_()


def test_lines_and_set_aside_lines() -> None:
    frame = FRAME.assign(status=["done", "cancelled", "done"])
    orders = read_orders(frame)
    aside = orders.set_aside("cancelled")
    assert aside["line_number"].tolist() == [2]
    assert aside["ordered_at"].tolist() == [pd.Timestamp("2024-01-15")]
    assert orders.set_aside("missing_customer").empty


def test_one_order_is_one_order() -> None:
    assert repr(read_orders(FRAME.head(1))).startswith("Orders: 1 order of 1 customer, 2024-01-01")


def test_orders_that_are_no_purchases_are_told_apart() -> None:
    frame = lines("aab", ["2024-01-01", "2024-01-09", "2024-01-05"], amount=[10.0, -10.0, 5.0])
    orders = read_orders(frame.assign(order_id=["1", "1", "2"]), returns="accounting")
    table = orders.to_pandas()
    assert table.columns[-1] == "is_purchase"
    assert table["is_purchase"].tolist() == [True, True, False]
    assert table["is_purchase"].sum() == orders.counts["orders"]
    assert table["amount"].sum() == 5.0


def test_lines_of_a_cut_are_those_up_to_its_day() -> None:
    cut = read_orders(FRAME).at("2024-01-15")
    assert sorted(to_frame(cut.lines, ("ordered_at",))["ordered_at"].dt.strftime("%m-%d %H")) == [
        "01-01 09", "01-15 00",
    ]  # fmt: skip


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_orders(FRAME).as_of = pd.Timestamp("2024-01-01")


def test_as_of_may_lie_after_the_last_order() -> None:
    assert customer_summary(read_orders(FRAME, as_of="2024-12-31"))["T"].tolist() == [365, 325]


def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    orders = read_orders(shop_frame(timezone="UTC"), timezone="Europe/Paris")
    assert len(customer_summary(orders)) > 0


# Laws


@pytest.mark.slow
@given(frame=refunded_frames())
def test_a_cut_is_what_was_known_then(frame: pd.DataFrame) -> None:
    day = frame["ordered_at"].sort_values().iloc[len(frame) // 2].normalize()
    then = frame[frame["ordered_at"] < day + pd.Timedelta(days=1)]
    known_now, known_then = read_orders(frame).at(day), read_orders(then, as_of=day)
    assert_frame_equal(known_now.to_pandas(), known_then.to_pandas())
    assert_frame_equal(customer_summary(known_now), customer_summary(known_then))


@given(frame=order_frames())
def test_a_cut_of_a_cut_is_the_earlier_cut(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    middle = orders.history_start + (orders.as_of - orders.history_start) // 2
    assert_frame_equal(
        orders.at(middle).at(orders.history_start).to_pandas(),
        orders.at(orders.history_start).to_pandas(),
    )


@pytest.mark.slow
@given(frame=refunded_frames())
def test_settings_read_the_same_again(frame: pd.DataFrame) -> None:
    assume((frame["amount"] > 0).any())
    theirs = frame.rename(columns={"customer_id": "Mã KH", "ordered_at": "Ngày"})
    theirs["City"] = "Huế"
    orders = read_orders(theirs, attributes=["City"], zero_amounts="set_aside", currency="USD")
    again = read_orders(theirs, **orders.settings())
    assert_frame_equal(again.to_pandas(), orders.to_pandas())
    assert_frame_equal(again.audit, orders.audit)
    assert again.settings() == orders.settings()


@pytest.mark.slow
@given(frame=order_frames())
def test_to_pandas_reads_the_same_again(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    table = orders.to_pandas()
    again = read_orders(table)
    assert_frame_equal(again.to_pandas(), table)
    assert_frame_equal(customer_summary(again), customer_summary(orders))
    assert_frame_equal(customer_summary(table), customer_summary(orders))


def test_a_shop_is_read_the_same_again() -> None:
    """The laws above on one table, for the fast tests."""
    frame = shop_frame()
    orders = read_orders(frame, currency="USD", zero_amounts="set_aside")
    again = read_orders(frame, **orders.settings())
    assert_frame_equal(again.to_pandas(), orders.to_pandas())
    assert again.settings() == orders.settings()
    assert_frame_equal(customer_summary(orders.to_pandas()), customer_summary(orders))
    then = frame[frame["ordered_at"] < "2023-07-01"]
    known_then = read_orders(then, as_of="2023-06-30", zero_amounts="set_aside")
    assert_frame_equal(orders.at("2023-06-30").to_pandas(), known_then.to_pandas())


# Refusals


def test_cuts_outside_the_observation() -> None:
    orders = read_orders(FRAME)
    with pytest.raises(
        ArgumentError, match=r"as_of: 2024-02-11 lies after the orders' own 2024-02-10"
    ):
        orders.at("2024-02-11")
    with pytest.raises(
        ArgumentError, match=r"as_of: 2023-12-31 lies before the first day of the orders"
    ):
        orders.at("2023-12-31")
    with pytest.raises(
        ArgumentError, match="as_of: 2023-12-31 lies before the first day of the orders"
    ):
        read_orders(FRAME, as_of="2023-12-31")


def test_a_history_that_begins_after_a_cut() -> None:
    orders = read_orders(FRAME, history_start="2024-01-10")
    assert orders.at("2024-01-10").as_of == pd.Timestamp("2024-01-10")
    with pytest.raises(ArgumentError, match="as_of: 2024-01-09 lies before the first day"):
        orders.at("2024-01-09")


@pytest.mark.parametrize("name", ["as_of", "history_start"])
def test_days_in_two_readings(name: str) -> None:
    with pytest.raises(ArgumentError, match=f"{name}: '05/02/2024' can be 5 February or 2 May"):
        read_orders(FRAME, **{name: "05/02/2024"})
    with pytest.raises(ArgumentError, match="as_of: '05/02/2024' can be 5 February or 2 May 2024"):
        read_orders(FRAME).at("05/02/2024")


def test_unknown_rule() -> None:
    with pytest.raises(ArgumentError, match="rule: 'bad' is not one of 'repeated_header'"):
        read_orders(FRAME).set_aside("bad")


def test_what_stood_in_unreadable_cells_is_shown() -> None:
    days = ["2024-01-31", "31.31.2024"]
    frame = lines("ab", ["2024-01-31"] * 2, order_id=["1", "2"]).assign(ordered_at=days)
    found = read_orders(frame, unreadable="set_aside").set_aside("unreadable_date")
    assert found[["line_number", "date_found"]].to_numpy().tolist() == [[2, "31.31.2024"]]


def test_a_rule_that_keeps_its_lines_shows_what_it_touches() -> None:
    frame = lines("ab", ["2024-01-31", "2024-02-01"], amount=[0.0, 6.0], order_id=["1", "2"])
    orders = read_orders(frame)
    assert orders.set_aside("zero_amount")["order_id"].tolist() == ["1"]
    assert orders.set_aside("burst").empty


@pytest.fixture(scope="module")
def audited() -> list[tuple[Orders, pd.Series]]:
    """Orders of four widths, and how many lines each rule sets aside."""
    bare = lines("ab", ["2024-01-31", "2024-02-01"])
    ids = bare.assign(order_id=["1", "2"])
    full = ids.assign(product="x", quantity=1, status=["paid", "cancelled"])
    every = map(read_orders, (bare, ids, full, pd.concat([full, full])))
    return [(orders, orders.audit.set_index("rule")["lines_set_aside"]) for orders in every]


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_show_its_lines(rule: str, audited: list[tuple[Orders, pd.Series]]) -> None:
    for orders, aside in audited:
        assert len(orders.set_aside(rule)) >= aside[rule]
