"""Which rule takes a line, and what each rule looks at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from retention.engine.frames import to_arrow
from retention.orders.audit.marked import touched_lines
from retention.orders.read import read_orders
from retention.orders.rules.check import RULES

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times


def frame_of(*rows: tuple[Any, ...], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def audit_of(frame: Any, **options: Any) -> pd.DataFrame:
    return read_orders(frame, **options).audit.set_index("rule")


def counts(audit: pd.DataFrame, rule: str) -> list[int]:
    found: list[int] = audit.loc[rule, ["lines", "lines_set_aside", "orders", "customers"]].tolist()
    return found


def many(customers: int = 100, **columns: Any) -> pd.DataFrame:
    """Two orders of each customer, a month apart, at noon."""
    number = np.arange(2 * customers)
    ordered_at = pd.Timestamp("2024-01-01 12:00") + pd.to_timedelta(number * 3, unit="h")
    return pd.DataFrame(
        {
            "customer_id": [f"c{n % customers:03d}" for n in number],
            "order_id": [f"o{n:04d}" for n in number],
            "ordered_at": ordered_at,
            "amount": 10.0,
        }
        | columns
    )


# Examples

LINE = "customer_id order_id ordered_at amount"


def test_a_lone_future_date_is_no_as_of() -> None:
    frame = frame_of(
        ("a", "1", "2024-01-01", 1.0), ("a", "2", "2099-01-01", 2.0), columns=LINE
    )  # fmt: skip
    orders = read_orders(frame)
    assert orders.as_of == pd.Timestamp("2024-01-01")
    assert counts(orders.audit.set_index("rule"), "future_date") == [1, 1, 1, 1]


def test_a_day_that_was_named_as_observed_is_not_in_the_future() -> None:
    frame = frame_of(
        ("a", "1", "2024-01-01", 1.0), ("a", "2", "2099-01-01", 2.0), columns=LINE
    )  # fmt: skip
    audit = audit_of(frame, as_of="2024-06-30")
    assert counts(audit, "future_date") == [1, 1, 1, 1]
    assert counts(audit, "after_as_of") == [0, 0, 0, 0]
    assert not counts(audit_of(frame, as_of="2099-01-01"), "future_date")[0]


def test_the_first_rule_takes_the_line() -> None:
    """No customer, cancelled and free: touched by three rules, set aside by the first."""
    frame = frame_of(
        ("a", "1", "2024-01-01", 1.0, "completed"), (None, "2", "2024-01-01", 0.0, "cancelled"),
        columns=LINE + " status",
    )  # fmt: skip
    audit = audit_of(frame)
    assert [counts(audit, rule)[:2] for rule in ("missing_customer", "cancelled", "zero_amount")] == [
        [1, 1], [1, 0], [1, 0],
    ]  # fmt: skip


def test_fees_are_kept_unless_asked() -> None:
    frame = frame_of(
        ("a", "1", "2024-01-01", 10.0, "Tea"), ("a", "1", "2024-01-01", 2.0, "Phí vận chuyển"),
        ("a", "2", "2024-02-01", 3.0, "POSTAGE"), ("a", "3", "2024-03-01", 3.0, "Shipping box"),
        columns=LINE + " product",
    )  # fmt: skip
    audit = audit_of(frame, as_of="2024-12-31")
    assert counts(audit, "non_product") == [2, 0, 2, 1]
    assert audit.loc["non_product", "amount"] == 5.0
    aside = audit_of(frame, as_of="2024-12-31", non_products="set_aside")
    assert counts(aside, "non_product") == [2, 2, 2, 1]
    assert aside.loc["non_product", "action"].startswith("Set aside: postage")


def test_files_that_overlap(tmp_path: Any) -> None:
    """The second file repeats order 2, and has another line of order 1."""
    first = frame_of(("a", "1", "2024-01-01", 1.0), ("b", "2", "2024-01-31", 2.0), columns=LINE)
    second = frame_of(
        ("b", "2", "2024-01-31", 2.0), ("a", "1", "2024-01-01", 5.0), ("b", "3", "2024-02-02", 3.0),
        columns=LINE,
    )  # fmt: skip
    paths = [tmp_path / "january.csv", tmp_path / "february.csv"]
    for path, frame in zip(paths, (first, second), strict=True):
        frame.to_csv(path, index=False)
    audit = audit_of(paths)
    assert counts(audit, "overlapping_files") == [3, 1, 2, 2]
    assert audit.loc["overlapping_files", "amount_set_aside"] == 2.0
    assert counts(audit, "exact_duplicate")[:2] == [0, 0]


def test_orders_on_two_dates_and_of_two_customers() -> None:
    frame = frame_of(
        ("a", "1", "2024-01-01", 1.0), ("a", "1", "2024-01-02", 2.0), ("b", "2", "2024-01-01", 4.0),
        ("c", "2", "2024-01-01", 8.0), ("d", "3", "2024-01-01", 9.0), ("d", "3", "2024-01-09", -9.0),
        columns=LINE,
    )  # fmt: skip
    audit = audit_of(frame)
    assert counts(audit, "order_two_dates") == [2, 0, 1, 1]
    assert counts(audit, "order_two_customers") == [2, 0, 2, 2]
    assert audit.loc["order_two_customers", "amount"] == 12.0


def test_a_burst_at_one_moment() -> None:
    frame = many()
    frame.loc[:24, "ordered_at"] = pd.Timestamp("2024-01-03 10:11:12")
    assert counts(audit_of(frame), "burst") == [25, 0, 25, 25]


def test_midnight_and_a_coarse_clock_are_no_burst() -> None:
    frame = many()
    dates = frame.assign(ordered_at=frame["ordered_at"].dt.normalize())
    dates.loc[:24, "ordered_at"] = pd.Timestamp("2024-01-03")
    assert counts(audit_of(dates), "burst")[0] == 0
    hours = many(3000, ordered_at=pd.Timestamp("2024-01-01 09:00") + pd.to_timedelta(
        np.arange(6000) % 200, unit="h"))  # fmt: skip
    assert counts(audit_of(hours), "burst")[0] == 0


def test_a_burst_of_one_customer_on_one_day() -> None:
    frame = many()
    frame.loc[:20, "customer_id"] = "busy"
    frame.loc[:20, "ordered_at"] = pd.Timestamp("2024-01-03") + pd.to_timedelta(
        np.arange(21), unit="min"
    )
    assert counts(audit_of(frame), "burst") == [21, 0, 21, 1]


def test_an_extreme_buyer() -> None:
    frame = many()
    frame.loc[7, "amount"] = 9_000.0
    audit = audit_of(frame)
    assert counts(audit, "extreme_buyer") == [2, 0, 2, 1]
    assert audit.loc["extreme_buyer", "amount"] == 9_010.0
    assert counts(audit_of(many()), "extreme_buyer")[0] == 0


def test_too_few_customers_to_call_one_extreme() -> None:
    frame = many(20)
    frame.loc[7, "amount"] = 9_000.0
    assert counts(audit_of(frame), "extreme_buyer")[0] == 0


def test_orders_that_move_over_midnight() -> None:
    """In Vietnam 17:00 and later of Greenwich is the next day."""
    times = ["2024-01-01 16:59", "2024-01-01 17:00", "2024-01-02 23:00", "2024-01-03 08:00"]
    frame = pd.DataFrame(
        {"customer_id": [*"aabc"], "order_id": [*"1234"], "ordered_at": times, "amount": 1.0}
    )
    audit = audit_of(frame, timezone="Asia/Ho_Chi_Minh")
    assert counts(audit, "midnight_shift") == [2, 0, 2, 2]
    assert counts(audit_of(frame), "midnight_shift")[0] == 0
    dates = frame.assign(ordered_at="2024-01-01")
    assert counts(audit_of(dates, timezone="America/New_York"), "midnight_shift")[0] == 0


@pytest.mark.parametrize(
    ("ids", "lines"),
    [
        (["8.49E+10", "1,2E+15", "C1", "C2"], 2),
        (["17850.0", "C1", "C2"], 1),
        (["1234567890123450", *(f"98765432109876{n}0" for n in range(5))], 6),
        ([f"123456789012345{n}" for n in range(6)], 0),
        ([*(f"00{n}" for n in range(123, 130)), "124", "17"], 2),
        ([str(912_345_678 + n) for n in range(25)], 25),
        ([str(int(float(1_234_567_890_123_456_789 + 7919 * n))) for n in range(25)], 25),
        ([str(1_234_567_890_123_456_789 + 7919 * n) for n in range(25)], 0),
        ([str(n) for n in range(1, 120)], 0),
        ([f"{n:09d}" for n in range(100_000_000, 900_000_000, 20_000_000)], 0),
    ],
    ids=["scientific", "float", "rounded", "long", "zeros lost beside others", "mobile numbers",
         "floats", "no floats", "a row of numbers", "nine digits of all kinds"],
)  # fmt: skip
def test_ids_that_lost_something(ids: list[str], lines: int) -> None:
    frame = pd.DataFrame({"customer_id": [*ids, ids[0]], "ordered_at": "2024-01-01", "amount": 1.0})
    frame.loc[len(ids), "ordered_at"] = "2024-02-01"
    is_first = int(lines > 0 and (lines == len(ids) or not ids[0].startswith("00")))
    assert counts(audit_of(frame, columns={"customer_id": "customer_id"}), "lossy_ids")[0] == (
        lines + is_first
    )


def test_numbers_that_cannot_be_read() -> None:
    frame = frame_of(
        ("a", "1", "2024-01-01", "1", "2"), ("a", "2", "2024-01-02", "1", "many"),
        ("b", "3", "2024-01-02", "1", None), columns=LINE + " quantity",
    )  # fmt: skip
    audit = audit_of(frame, unreadable="set_aside")
    assert counts(audit, "unreadable_number") == [1, 0, 1, 1]


def test_items_that_came_back_for_money_that_came_in() -> None:
    """By the amount itself, or by two factors below 0."""
    frame = frame_of(
        ("a", "1", "2024-01-01", 10.0, 1), ("a", "2", "2024-02-01", 20.0, -1),
        ("b", "3", "2024-01-01", -5.0, -1), ("b", "4", "2024-01-01", 0.0, -1),
        columns=LINE + " quantity",
    )  # fmt: skip
    audit = audit_of(frame)
    assert counts(audit, "quantity_against_amount") == [1, 0, 1, 1]
    assert "Counted as purchases, 20 in money" in audit.loc["quantity_against_amount", "action"]
    prices = frame.assign(unit_price=[10.0, -20.0, 5.0, 0.0]).drop(columns="amount")
    assert counts(audit_of(prices), "quantity_against_amount") == [1, 0, 1, 1]


def test_order_ids_that_begin_anew() -> None:
    frame = frame_of(
        ("a", "1", "2024-01-01", 1.0), ("a", "1", "2024-06-01", 2.0), ("b", "2", "2024-01-01", 4.0),
        ("b", "2", "2024-01-09", 4.0), columns=LINE,
    )  # fmt: skip
    words = audit_of(frame).loc["order_two_dates", "action"]
    assert "In 1 of these orders they lie more than 60 days apart" in words
    near = audit_of(frame.tail(2)).loc["order_two_dates", "action"]
    assert near.startswith("Kept as one order on its first day") and "apart" not in near


def test_a_customer_per_order() -> None:
    frame = many(60).assign(customer_id=lambda table: "x" + table["order_id"])
    audit = audit_of(frame, columns={"customer_id": "customer_id"})
    assert counts(audit, "customer_per_order") == [120, 0, 120, 120]
    assert audit.loc["customer_per_order", "action"].startswith("No customer has two orders")
    assert counts(audit_of(many(60)), "customer_per_order")[0] == 0


def test_a_stale_end() -> None:
    frame = many()
    action = "stale_as_of"
    assert "without an unusual gap" in audit_of(frame).loc[action, "action"]
    late = audit_of(frame, as_of="2024-06-30").loc[action, "action"]
    assert "The last order lies 156 days before the as-of date, the usual gap is 1" in late
    frame.loc[len(frame) - 1, "ordered_at"] = pd.Timestamp("2024-11-30")
    alone = audit_of(frame).loc[action, "action"]
    assert "After 2024-01-26 nothing was sold for 309 days" in alone
    few = frame.head(4)
    assert "Too few selling days" in audit_of(few).loc[action, "action"]


# Laws


@pytest.mark.slow
def test_the_lines_that_a_rule_touches_can_be_seen() -> None:
    """As many as the audit counts, for rules of lines, of orders and of customers."""
    frame = many()
    frame.loc[:24, "ordered_at"] = pd.Timestamp("2024-01-03 10:11:12")
    frame.loc[30, "amount"] = 9_000.0
    frame.loc[40, "amount"] = -1.0
    frame.loc[150, "order_id"] = frame.loc[50, "order_id"]
    orders = read_orders(frame, placeholder_ids=["c009"])
    audit = orders.audit.set_index("rule")
    for rule in RULES:
        found = touched_lines(orders.checked, rule, as_of=orders.as_of, options=orders.options)
        assert to_arrow(found).num_rows == audit.loc[rule, "lines"], rule
    assert (audit.loc[["burst", "extreme_buyer", "order_two_dates"], "lines"] > 0).all()


# Refusals


def test_a_customer_per_order_is_refused() -> None:
    frame = many(60).assign(customer_id=lambda table: "x" + table["order_id"])
    with pytest.raises(
        ValueError,
        match=r"no customer in 'customer_id' has a second order among 120 orders \('xo0000', "
        r"'xo0001', 'xo0002'\): it is probably an id of the order",
    ):
        read_orders(frame)
