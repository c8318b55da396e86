"""Every line and every amount is accounted for, and each rule says what it changes."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from strategies import exactly, refunded_frames

from retention.names import GLOSSARY
from retention.orders.audit.audit import COLUMNS
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.rules.check import RULES

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

ORDER = [
    "lines_read", "repeated_header", "footer", "total_row", "unreadable_date", "unreadable_amount",
    "impossible_date", "future_date", "missing_customer", "placeholder_customer",
    "overlapping_files", "exact_duplicate", "restated", "cancelled", "returned", "not_completed",
    "zero_amount", "non_product", "unmatched_refund", "refunded_amount", "negative_amount",
    "quantity_against_amount", "matched_refund", "customer_from_order", "empty_status",
    "order_two_states", "lossy_ids", "similar_ids",
    "customer_per_order", "order_two_dates", "order_two_customers", "burst", "extreme_buyer",
    "unreadable_number", "midnight_shift", "merged_customers", "guests", "history_start",
    "left_truncation", "partial_last_period", "stale_as_of", "after_as_of", "lines_used",
]  # fmt: skip

AWKWARD = pd.DataFrame(
    [
        ("a", "1", "2024-01-01", "10.01", "P", "done"),
        ("a", "1", "2024-01-01", "10.01", "P", "done"),  # repeated
        ("a", "2", "2024-03-01", "5.00", "P", "cancelled"),
        ("b", "3", "2024-01-02", "7.00", "P", "done"),
        ("b", "4", "2024-02-02", "8.00", "P", "returned"),
        ("b", "5", "2024-01-20", "0.00", "Q", "done"),
        ("c", "6", "2024-01-03", "9.00", "P", "done"),
        ("c", "7", "2024-02-03", "9.00", "Q", "pending"),
        ("c", "C7", "2024-02-05", "-4.00", "Z", "done"),  # nothing to undo
        ("d", "8", "2024-01-04", "3.00", "P", "done"),
        ("d", "9", "2024-02-04", "2.00", "Q", "done"),
        ("d", "9", "2024-02-20", "-2.00", "Q", "done"),  # undoes the second order
        (None, "10", "2024-01-05", "6.00", "P", "done"),
        ("e", "11", "soon", "1.00", "P", "done"),
        ("e", "12", "2024-01-06", "much", "P", "done"),
        ("e", "13", "1970-01-01", "1.50", "P", "done"),
        ("e", "14", "2024-12-31", "2.50", "P", "done"),
    ],
    columns=["customer", "order", "date", "amount", "product", "status"],
)


@cache
def default() -> Orders:
    return read_orders(AWKWARD, unreadable="set_aside", as_of="2024-11-15")


def read(**options: Any) -> Orders:
    if not options:
        return default()
    return read_orders(AWKWARD, **{"unreadable": "set_aside", "as_of": "2024-11-15"} | options)


@pytest.fixture(scope="module")
def audit() -> pd.DataFrame:
    return read().audit.set_index("rule")


# Examples


def test_one_row_per_rule_in_a_fixed_order() -> None:
    audit = read().audit
    assert tuple(audit.columns) == COLUMNS
    assert audit["rule"].tolist() == ORDER
    assert [str(dtype) for dtype in audit.dtypes] == [GLOSSARY[name].dtype for name in COLUMNS]
    assert audit["action"].str.len().min() > 10


def test_lines_and_money_of_each_rule(audit: pd.DataFrame) -> None:
    expected = {
        "lines_read": [17, 0, 0.0],
        "unreadable_date": [1, 1, 1.0],
        "unreadable_amount": [1, 1, 0.0],
        "impossible_date": [1, 1, 1.5],
        "missing_customer": [1, 1, 6.0],
        "exact_duplicate": [1, 1, 10.01],
        "cancelled": [1, 1, 5.0],
        "returned": [1, 1, 8.0],
        "not_completed": [1, 1, 9.0],
        "zero_amount": [1, 0, 0.0],
        "negative_amount": [2, 0, 0.0],
        "unmatched_refund": [1, 1, -4.0],
        "matched_refund": [1, 0, 0.0],
        "after_as_of": [1, 1, 2.5],
        "lines_used": [7, 0, 0.0],
    }
    found = audit.loc[list(expected), ["lines", "lines_set_aside", "amount_set_aside"]]
    assert found.to_numpy().tolist() == [list(map(float, row)) for row in expected.values()]


def test_money_read_is_money_used_and_set_aside(audit: pd.DataFrame) -> None:
    """1 + 1.5 + 6 + 10.01 + 5 + 8 + 9 - 4 + 2.5 is set aside."""
    assert audit["amount_set_aside"].sum() == pytest.approx(39.01, abs=1e-9)
    used = 10.01 + 7 + 0 + 9 + 3 + 2 - 2
    assert audit.loc["lines_used", "amount"] == pytest.approx(used, abs=1e-9)
    assert audit.loc["lines_read", "amount"] == pytest.approx(used + 39.01, abs=1e-9)


def test_customers_and_orders_touched(audit: pd.DataFrame) -> None:
    assert audit.loc["cancelled", ["orders", "customers"]].tolist() == [1, 1]
    assert audit.loc["missing_customer", ["orders", "customers"]].tolist() == [1, 0]
    assert audit.loc["lines_used", ["orders", "customers"]].tolist() == [6, 4]


def test_repeat_rate_with_all_rules(audit: pd.DataFrame) -> None:
    """Only b came back within 180 days, of a, b, c and d."""
    assert (audit["repeat_rate_180"] == 1 / 4).all()


def test_free_orders_set_aside() -> None:
    audit = read(zero_amounts="set_aside").audit.set_index("rule")
    assert audit.loc["zero_amount", "lines_set_aside"] == 1
    assert audit.loc["zero_amount", "action"].startswith("Set aside")
    assert audit.loc["zero_amount", ["repeat_rate_180", "repeat_rate_180_without"]].tolist() == [
        0,
        0.25,
    ]


def test_notes_on_the_whole_table() -> None:
    audit = read(history_start="2024-01-01").audit.set_index("rule")["action"]
    assert audit["history_start"] == "Complete from 2024-01-01 on, as given."
    assert audit["partial_last_period"].startswith("The last month runs to 2024-11-30")
    assert "too short to judge" in audit["left_truncation"]
    audit = read(as_of="2024-11-30", burn_in_days=0).audit.set_index("rule")["action"]
    assert audit["history_start"].startswith(
        "Taken to be complete from the first order on (2024-01-01)"
    )
    assert audit["partial_last_period"] == "The last month is complete."
    assert audit["left_truncation"] == "Nothing is left out at the start, as given."


def test_nobody_observed_for_180_days() -> None:
    """But for the customer of 1970, if that were a date."""
    audit = read(as_of="2024-03-01").audit
    audit = audit[audit["rule"] != "impossible_date"]
    assert audit[["repeat_rate_180", "repeat_rate_180_without"]].isna().all(axis=None)


def test_a_rule_that_took_nothing_changes_nothing() -> None:
    audit = read_orders(AWKWARD.iloc[[0, 3]], as_of="2024-12-31").audit.set_index("rule")
    assert (audit.loc[list(RULES), "lines_set_aside"] == 0).all()
    assert audit.loc["cancelled", ["repeat_rate_180", "repeat_rate_180_without"]].tolist() == [0, 0]


# Laws

WITHOUT = {
    "cancelled": {"statuses": {"cancelled": "completed"}},
    "returned": {"statuses": {"returned": "completed"}},
    "not_completed": {"statuses": {"pending": "completed"}},
}


@pytest.mark.parametrize("rule", WITHOUT)
def test_effect_is_that_of_reading_without_the_rule(rule: str, audit: pd.DataFrame) -> None:
    without = read(**WITHOUT[rule]).audit["repeat_rate_180"].iloc[0]
    assert audit.loc[rule, "repeat_rate_180_without"] == without


def test_effect_of_unmatched_refunds_is_that_of_counting_them_as_orders(
    audit: pd.DataFrame,
) -> None:
    frame = AWKWARD.assign(amount=AWKWARD["amount"].replace("-4.00", "4.00"))
    counted = read_orders(frame, unreadable="set_aside", as_of="2024-11-15").audit
    assert (
        audit.loc["unmatched_refund", "repeat_rate_180_without"]
        == counted["repeat_rate_180"].iloc[0]
    )


def test_effect_of_matched_refunds_is_that_of_leaving_them_out(audit: pd.DataFrame) -> None:
    frame = AWKWARD[AWKWARD["amount"] != "-2.00"]
    counted = read_orders(frame, unreadable="set_aside", as_of="2024-11-15").audit
    assert (
        audit.loc["matched_refund", "repeat_rate_180_without"] == counted["repeat_rate_180"].iloc[0]
    )
    assert audit.loc["matched_refund", "repeat_rate_180_without"] == 0.5


def test_lines_and_money_add_up(audit: pd.DataFrame) -> None:
    aside = audit.loc[[*RULES, "after_as_of"]]
    assert audit.loc["lines_read", "lines"] == len(AWKWARD)
    assert audit.loc["lines_used", "lines"] == len(AWKWARD) - aside["lines_set_aside"].sum()
    readable = pd.to_numeric(AWKWARD["amount"], errors="coerce").dropna()
    used = exactly(read().to_pandas()["amount"])
    assert used + exactly(aside["amount_set_aside"]) == exactly(readable)


@pytest.mark.slow
@given(frame=refunded_frames())
def test_lines_and_money_add_up_always(frame: pd.DataFrame) -> None:
    orders = read_orders(frame)
    audit = orders.audit.set_index("rule")
    aside = audit.loc[[*RULES, "after_as_of"]]
    assert audit.loc["lines_used", "lines"] + aside["lines_set_aside"].sum() == len(frame)
    used = exactly(orders.to_pandas()["amount"])
    assert used + exactly(aside["amount_set_aside"]) == exactly(frame["amount"])


def test_money_is_summed_exactly() -> None:
    frame = pd.DataFrame(
        {"customer_id": None, "ordered_at": "2024-01-01", "amount": [0.1] * 3000 + [1e9]}
    )
    frame.loc[3000, "customer_id"] = "a"
    audit = read_orders(frame).audit.set_index("rule")
    assert Decimal(str(audit.loc["missing_customer", "amount_set_aside"])) == Decimal("300.0")


# Refusals


def test_nothing_usable() -> None:
    frame = AWKWARD[AWKWARD["status"] == "cancelled"]
    with pytest.raises(
        ValueError, match=r"none of the rows of the DataFrame can be used: all are set"
    ):
        read_orders(frame)
