"""What each rule changes, against reading the lines anew with the rule changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from strategies import exactly

from retention.engine.frames import to_arrow
from retention.engine.order_grain import Returns, orders_from_lines
from retention.engine.purchase_days import purchase_days
from retention.engine.repeat_counts import repeat_counts
from retention.orders.audit.effects import OFF
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.rules.check import conditions
from retention.periods import day_number

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

# Rules that look at single lines: what they touch can be told without the audit.
LINE_RULES = (
    "exact_duplicate", "zero_amount", "non_product", "negative_amount", "quantity_against_amount",
    "customer_from_order", "empty_status",
)  # fmt: skip


def awkward(seed: int, lines: int = 60) -> pd.DataFrame:
    """Lines of a few customers with statuses, refunds, repetitions, fees, shared and long orders."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "customer_id": random.choice([*"abcdefgh", "guest", None], lines),
            "order_id": [f"o{number}" for number in random.integers(0, lines // 2, lines)],
            "ordered_at": pd.Timestamp("2023-01-01")
            + pd.to_timedelta(random.integers(0, 400, lines), unit="D"),
            "amount": random.choice(
                [10.0, 20.0, 0.0, -10.0, -20.0], lines, p=[0.4, 0.3, 0.1, 0.1, 0.1]
            ),
            "product": random.choice(["P", "Q", "Postage"], lines),
            "status": random.choice(
                ["completed", "cancelled", "returned", "pending"], lines, p=[0.7, 0.1, 0.1, 0.1]
            ),
        }
    )
    is_own = frame["customer_id"].notna() & (random.random(lines) < 0.8)
    own = frame["customer_id"].fillna("") + random.integers(0, 5, lines).astype("str")
    frame["order_id"] = own.where(is_own, frame["order_id"])
    together = random.random(lines) < 0.6
    first = frame.groupby(["customer_id", "order_id"])["ordered_at"].transform("min")
    frame["ordered_at"] = first.where(together & first.notna(), frame["ordered_at"])
    frame.loc[0, "ordered_at"] = pd.Timestamp("1970-05-05")
    repeated = frame.iloc[random.integers(0, lines, 4)]
    return pd.concat([frame, repeated], ignore_index=True)


def counted(orders: Orders, lines: Any) -> float:
    """Nobody without an id is a customer, whatever the rule."""
    returns: Returns = orders.options.returns
    lines = lines.filter(lines.customer_id.fill_null("") != "")
    made = orders_from_lines(lines, as_of=orders.as_of, attributes=(), returns=returns)
    days = purchase_days(made)
    counts = repeat_counts(days, as_of_day=day_number(orders.as_of), within_days=180)
    row = to_arrow(counts).to_pylist()[0]
    return float(row["returned"] / row["eligible"]) if row["eligible"] else float("nan")


def lines_and_money_add_up(audit: pd.DataFrame, frame: pd.DataFrame) -> None:
    assert audit.loc["lines_read", "lines"] == len(frame)
    assert audit.loc["lines_used", "lines"] + audit["lines_set_aside"].sum() == len(frame)
    parts = [audit.loc["lines_used", "amount"], *audit["amount_set_aside"]]
    assert exactly(pd.Series(parts)) == exactly(frame["amount"])


def with_rule_off(orders: Orders, rule: str) -> float:
    lines = orders.checked
    if rule == "matched_refund":
        used = orders.lines
        return counted(orders, used.filter(used.booked_order_id.fill_null("") == ""))
    return counted(orders, lines.filter((lines.rule == rule).fill_null(True)))


def with_lines_aside(orders: Orders, rule: str) -> float:
    lines = orders.lines
    return counted(orders, lines.filter(~conditions(lines)[rule].fill_null(False)))


# Examples


def test_setting_aside_an_order_on_two_dates() -> None:
    """a came back only by an order whose lines lie on two days; b did not."""
    frame = pd.DataFrame(
        [("a", "1", "2024-01-01"), ("a", "2", "2024-02-01"), ("a", "2", "2024-02-05"),
         ("b", "3", "2024-01-01")],
        columns=["customer_id", "order_id", "ordered_at"],
    ).assign(amount=1.0)  # fmt: skip
    row = read_orders(frame, as_of="2024-12-31").audit.set_index("rule").loc["order_two_dates"]
    assert row[["lines", "orders", "customers", "lines_set_aside"]].tolist() == [2, 1, 1, 0]
    assert row[["repeat_rate_180", "repeat_rate_180_if_set_aside"]].tolist() == [0.5, 0.0]
    assert np.isnan(row["repeat_rate_180_without"])


def test_unmerged_people() -> None:
    """One person with two ids: merged they came back, unmerged two people did not."""
    frame = pd.DataFrame(
        {
            "customer_id": ["a1", "a2", "b"],
            "order_id": ["1", "2", "3"],
            "ordered_at": ["2024-01-01", "2024-02-01", "2024-01-01"],
            "amount": 1.0,
            "email": ["lan@example.vn", "Lan@example.vn", "mai@example.vn"],
        }
    )
    orders = read_orders(frame, as_of="2024-12-31", merge_by=["email"])
    row = orders.audit.set_index("rule").loc["merged_customers"]
    assert row[["lines", "customers"]].tolist() == [1, 1]
    assert row[["repeat_rate_180", "repeat_rate_180_without"]].tolist() == [0.5, 0.0]


# Laws


@pytest.mark.slow
@pytest.mark.parametrize("returns", ["behaviour", "accounting"])
@given(seed=st.integers(0, 10_000))
def test_every_effect_is_that_of_the_lines_read_anew(returns: Returns, seed: int) -> None:
    frame = awkward(seed)
    orders = read_orders(frame, as_of="2023-12-31", returns=returns)
    audit = orders.audit.set_index("rule")
    lines_and_money_add_up(audit, frame)
    rate = counted(orders, orders.lines)
    assert audit["repeat_rate_180"].tolist() == pytest.approx([rate] * len(audit), nan_ok=True)
    for rule in OFF:
        found = audit.loc[rule, "repeat_rate_180_without"]
        assert found == pytest.approx(with_rule_off(orders, rule), nan_ok=True), rule
    for rule in LINE_RULES:
        found = audit.loc[rule, "repeat_rate_180_if_set_aside"]
        if audit.loc[rule, "lines"] > audit.loc[rule, "lines_set_aside"] and not np.isnan(found):
            assert found == pytest.approx(with_lines_aside(orders, rule), nan_ok=True), rule


@pytest.mark.slow
def test_every_engine_gives_the_same_audit(backend: Any) -> None:
    """Without products, refunds find their order within the order on every engine."""
    if backend.connection.name == "pyspark":
        pytest.skip("minutes on Spark, which tests/engine/test_backends.py asks for its audits")
    frame = awkward(11, lines=200).drop(columns="product").drop_duplicates()
    busy = frame.head(25).assign(
        customer_id="a", order_id=[f"b{n}" for n in range(25)], amount=5.0, status="completed",
        ordered_at=pd.Timestamp("2023-06-01 10:00"),
    )  # fmt: skip
    odd = pd.DataFrame(
        [("A", "x1", "2023-03-01", 10.0, "completed"), ("A", "x1", "2023-03-01", 10.0, "pending"),
         ("A", "x2", "2023-05-01", 10.0, None), (None, "x2", "2023-06-01", -10.0, "completed"),
         ("Tổng cộng", None, "2023-06-01", 999.0, None)],
        columns=list(frame.columns),
    ).assign(ordered_at=lambda rows: pd.to_datetime(rows["ordered_at"]))  # fmt: skip
    frame = pd.concat([frame, busy, odd], ignore_index=True)
    options: dict[str, Any] = {"as_of": "2023-12-31", "timezone": "Asia/Ho_Chi_Minh"}
    audit = read_orders(frame, **options).audit
    assert_frame_equal(backend.orders(frame, **options).audit, audit)
    found = audit.set_index("rule")["lines"]
    rules = ["total_row", "customer_from_order", "empty_status", "order_two_states", "similar_ids"]
    assert found[rules].min() > 0
