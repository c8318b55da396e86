"""Every step from a dashboard's figures to ours has a reason, and the steps add up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import refunded_frames

from retention.errors import ArgumentError
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.reconcile.reconcile import COLUMNS, FIGURES, reconcile

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

SHOP = pd.DataFrame(
    [
        ("a", "1", "2024-01-01 08:00", 10.0, "P", "paid"),
        ("a", "1", "2024-01-01 08:00", 5.0, "Q", "paid"),
        ("a", "2", "2024-01-01 19:00", 7.0, "P", "paid"),  # the same day
        ("b", "3", "2024-01-05 09:00", 20.0, "P", "paid"),
        ("b", "4", "2024-02-05 09:00", 30.0, "P", "cancelled"),
        ("c", "5", "2024-01-07 09:00", 40.0, "P", "paid"),
        ("c", "6", "2024-02-07 09:00", 50.0, "Q", "paid"),
        ("c", "6", "2024-02-09 09:00", -50.0, "Q", "paid"),  # undoes it
        ("d", "7", "2024-02-10 09:00", 60.0, "P", "paid"),
        ("d", "C7", "2024-02-12 09:00", -1.0, "Z", "paid"),  # nothing to undo
        (None, "8", "2024-02-11 09:00", 70.0, "P", "paid"),
        ("d", "9", "2024-02-29 23:30", 80.0, "P", "pending"),
        ("e", "10", "2024-03-01 02:00", 90.0, "P", "paid"),
        ("e", "10", "2024-03-01 02:00", 90.0, "P", "paid"),  # repeated
        ("e", "11", "2024-03-02 02:00", 20.0, "P", "paid"),
        ("e", "11", "2024-03-02 02:00", -2.0, "voucher", "paid"),  # a discount
    ],
    columns=["customer", "order", "date", "amount", "product", "status"],
)


@cache
def shop(**options: Any) -> Orders:
    return read_orders(SHOP, timezone="Asia/Ho_Chi_Minh", **options)


def placed(frame: pd.DataFrame = SHOP) -> dict[str, float]:
    """What a dashboard shows that counts all orders as they were placed, and gross."""
    is_refund = (frame["amount"] < 0) & (frame["product"] != "voucher")
    sales = frame[~is_refund]
    orders = sales.groupby("order").agg(customer=("customer", "first"))
    per_customer = orders.groupby("customer").size()
    return {
        "orders": len(orders),
        "revenue": sales["amount"].sum(),
        "customers": len(per_customer),
        "new_customers": len(per_customer),
        "returning_customers": int((per_customer > 1).sum()),
    }


@cache
def explained() -> pd.DataFrame:
    return reconcile(shop(), placed())


def steps(table: pd.DataFrame, figure: str) -> dict[str, float]:
    own = table[table["figure"] == figure]
    return dict(zip(own["reason"], own["amount"], strict=True))


def of(
    orders: Orders, figures: Mapping[str, float], figure: str, **period: Any
) -> dict[str, float]:
    return steps(reconcile(orders, figures, **period), figure)


# examples


def test_a_dashboard_of_all_orders_is_explained_in_full() -> None:
    table = explained()
    unexplained = table[table["reason"] == "unexplained"]
    assert unexplained["figure"].tolist() == list(FIGURES)
    assert (unexplained["amount"] == 0).all()


def test_orders_step_by_step() -> None:
    assert steps(explained(), "orders") == {
        "as given": 11,
        "missing_customer": -1,
        "cancelled": -1,
        "not_completed": -1,
        "matched_refund": -1,
        "unexplained": 0,
        "ours": 7,
    }


def test_revenue_step_by_step() -> None:
    assert steps(explained(), "revenue") == {
        "as given": 570,
        "missing_customer": -70,
        "exact_duplicate": -90,
        "cancelled": -30,
        "not_completed": -80,
        "matched_refund": -50,
        "unexplained": 0,
        "ours": 250,
    }


def test_returning_customers_come_back_on_another_day() -> None:
    found = steps(explained(), "returning_customers")
    # a: twice on one day; b: cancelled; c: refunded; d: pending; e: came back.
    assert found == {
        "as given": 5,
        "cancelled": -1,
        "not_completed": -1,
        "matched_refund": -1,
        "same_day": -1,
        "unexplained": 0,
        "ours": 1,
    }


def test_our_own_figures_are_recognised() -> None:
    table = reconcile(shop(), {"orders": 7, "revenue": 250.0})
    assert table["reason"].tolist() == ["as given", "unexplained", "ours"] * 2
    assert table["amount"].tolist() == [7, 0, 7, 250, 0, 250]
    assert table["explanation"][0] == (
        "The figure of the dashboard; it is ours already, so that no step is needed."
    )


def test_one_rule_can_be_named_without_a_list() -> None:
    given = {"orders": 10}
    by_text = reconcile(shop(), given, left_out="cancelled")
    pd.testing.assert_frame_equal(by_text, reconcile(shop(), given, left_out=["cancelled"]))
    assert "cancelled" not in by_text["reason"].tolist()


def test_net_sales_are_recognised() -> None:
    net = placed()["revenue"] - 51
    table = reconcile(shop(), {"revenue": net})
    assert "less what was paid back" in table["explanation"][0]
    found = steps(table, "revenue")
    assert (found["unmatched_refund"], found["unexplained"], found["ours"]) == (1, 0, 250)
    # What was refunded stays off in both, on whichever day.
    assert "matched_refund" not in found


def test_lines_counted_as_orders() -> None:
    table = reconcile(shop(), {"orders": len(SHOP)})
    assert "counting lines" in table["explanation"][0]
    found = steps(table, "orders")
    assert (found["lines_as_orders"], found["unexplained"], found["ours"]) == (-5, 0, 7)


def test_guests_counted_as_customers() -> None:
    found = of(shop(), {"customers": 6, "new_customers": 6}, "customers")
    assert found == {"as given": 6, "guests_as_customers": -1, "unexplained": 0, "ours": 5}


def test_the_rest_is_unexplained() -> None:
    found = of(shop(), {"orders": 10}, "orders")
    assert (found["unexplained"], found["ours"]) == (1, 7)


def test_rules_that_the_dashboard_follows_itself() -> None:
    found = of(shop(), {"orders": 10}, "orders", left_out=["cancelled"])
    assert (found["unexplained"], found["ours"]) == (0, 7)
    assert "cancelled" not in found


def test_a_period_counts_its_own_orders_and_the_history_before_it() -> None:
    given = {"orders": 5, "customers": 3, "new_customers": 1, "returning_customers": 3}
    table = reconcile(shop(), given, start="2024-02-01", end="2024-02-29")
    # d placed its first order and another one in February: new and returning.
    assert steps(table, "new_customers") == {"as given": 1, "unexplained": 0, "ours": 1}
    assert steps(table, "returning_customers")["unexplained"] == 0
    assert steps(table, "orders") == {
        "as given": 5,
        "missing_customer": -1,
        "cancelled": -1,
        "not_completed": -1,
        "matched_refund": -1,
        "unexplained": 0,
        "ours": 1,
    }


def test_days_of_another_timezone() -> None:
    # 02:00 on the first of March is still February in UTC: the order of 90, twice in the lines.
    given = {"revenue": placed(SHOP[SHOP["date"] < "2024-03-01 07:00"])["revenue"]}
    table = reconcile(shop(), given, end="2024-02-29", timezone="UTC")
    found = steps(table, "revenue")
    assert (found["day_edges"], found["unexplained"]) == (-180, 0)


def test_orders_after_as_of_are_a_step() -> None:
    orders = shop(as_of="2024-02-29")
    found = of(orders, placed(), "orders", end="2024-03-31")
    assert (found["after_as_of"], found["unexplained"], found["ours"]) == (-2, 0, 5)


def test_people_with_several_ids_are_merged_last() -> None:
    frame = SHOP.assign(
        email=["an@shop.vn" if name in ("a", "b") else None for name in SHOP.customer]
    )
    orders = read_orders(frame, merge_by=["email"])
    found = of(orders, placed(), "customers")
    assert found == {"as given": 5, "merged_customers": -1, "unexplained": 0, "ours": 4}


def test_one_order_id_of_two_customers() -> None:
    frame = pd.DataFrame(
        {"customer_id": list("ab"), "order_id": ["1", "1"], "ordered_at": ["2024-01-01"] * 2}
    ).assign(amount=[1.0, 2.0])
    found = of(read_orders(frame), {"orders": 1}, "orders")
    assert found == {"as given": 1, "order_two_customers": 1, "unexplained": 0, "ours": 2}


def test_orders_without_ids_and_without_dates() -> None:
    frame = pd.DataFrame(
        {"customer_id": ["a", "a", "b"], "ordered_at": ["2024-01-01", "soon", "2024-01-02"]}
    ).assign(amount=[1.0, 2.0, 4.0])
    orders = read_orders(frame, unreadable="set_aside")
    given = {"orders": 3, "revenue": 7.0, "returning_customers": 1, "new_customers": 2}
    table = reconcile(orders, given)
    assert (table.loc[table["reason"] == "unexplained", "amount"] == 0).all()
    assert steps(table, "revenue")["unreadable_date"] == -2
    # In a period, an order of no day is on none of its days.
    dated = reconcile(orders, {"revenue": 5.0}, start="2024-01-01")
    assert dated["reason"].tolist() == ["as given", "unexplained", "ours"]


def test_new_customers_of_the_burn_in_are_left_out() -> None:
    days = ["2024-01-01", "2024-01-20", "2024-03-01"]
    frame = pd.DataFrame({"customer_id": list("abc"), "ordered_at": days})
    orders = read_orders(frame.assign(amount=1.0), burn_in_days=31)
    found = of(orders, {"new_customers": 3}, "new_customers")
    assert found == {"as given": 3, "burn_in": -2, "unexplained": 0, "ours": 1}


def test_a_frame_with_our_names_is_taken_as_orders() -> None:
    frame = pd.DataFrame({"customer_id": ["a"], "ordered_at": ["2024-01-01"], "amount": [1.0]})
    assert reconcile(frame, {"orders": 1})["amount"].tolist() == [1.0, 0.0, 1.0]


# laws


@pytest.mark.slow
@given(frame=refunded_frames(), given_orders=st.integers(0, 40), cents=st.integers(0, 10**6))
def test_steps_add_up_and_end_at_ours(frame: pd.DataFrame, given_orders: int, cents: int) -> None:
    orders = read_orders(frame)
    figures = {"orders": given_orders, "revenue": cents / 100, "customers": 3, "new_customers": 2}
    table = reconcile(orders, figures)
    ours = orders.to_pandas()
    for figure, value in figures.items():
        own = table[table["figure"] == figure]
        amounts = [Decimal(str(round(amount, 4))) for amount in own["amount"]]
        assert amounts[0] == Decimal(str(value))
        assert sum(amounts[:-1]) == amounts[-1]
        assert own["running"].iloc[-1] == own["amount"].iloc[-1]
    assert steps(table, "revenue")["ours"] == pytest.approx(ours["amount"].sum(), abs=1e-6)
    assert steps(table, "orders")["ours"] == orders.counts["orders"]
    assert steps(table, "customers")["ours"] == orders.counts["customers"]


@pytest.mark.slow
@given(frame=refunded_frames())
def test_what_was_placed_is_explained(frame: pd.DataFrame) -> None:
    sales = frame[frame["amount"] >= 0]
    refunds = frame[frame["amount"] < 0]
    per_customer = sales.groupby("customer_id")["order_id"].nunique()
    figures = {
        "orders": sales["order_id"].nunique(),
        "revenue": round(sales["amount"].sum(), 2),
        "customers": len(per_customer),
        "returning_customers": int((per_customer > 1).sum()),
    }
    orders = read_orders(frame, as_of="2026-01-01")
    table = reconcile(orders, figures)
    assert (table.loc[table["reason"] == "unexplained", "amount"] == 0).all()
    net = round(sales["amount"].sum() + refunds["amount"].sum(), 2)
    found = of(orders, {"revenue": net}, "revenue")
    assert found["unexplained"] == 0


def test_every_engine_gives_the_same_steps(backend: Any) -> None:
    frame = SHOP.assign(date=pd.to_datetime(SHOP["date"]))
    found = reconcile(backend.orders(frame.iloc[:9]), placed(frame.iloc[:9]))
    pd.testing.assert_frame_equal(
        found, reconcile(read_orders(frame.iloc[:9]), placed(frame.iloc[:9]))
    )


def test_columns() -> None:
    assert tuple(explained().columns) == COLUMNS


# refusals


@pytest.mark.parametrize(
    ("figures", "options", "match"),
    [
        ({}, {}, "figures: no figure given.*the names are orders, revenue"),
        ({"sales": 1}, {}, r"figures: 1 of 1 names are not known \('sales'\)"),
        ({"orders": "12"}, {}, "orders: '12' is not a number"),
        ({"orders": float("nan")}, {}, "orders: nan is no number to reconcile"),
        ({"orders": 1}, {"left_out": ["negative"]}, "left_out: 'negative' is not one of"),
        (
            {"orders": 1},
            {"start": "2024-03-01", "end": "2024-02-01"},
            "end: 2024-02-01 lies before",
        ),
        ({"orders": 1}, {"timezone": "Saigon"}, "timezone: 'Saigon' is not known"),
    ],
)
def test_refusals(figures: Any, options: Any, match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        reconcile(shop(), figures, **options)


def test_a_timezone_needs_ours() -> None:
    with pytest.raises(ArgumentError, match="because the orders have none"):
        reconcile(read_orders(SHOP), {"orders": 1}, timezone="UTC")
