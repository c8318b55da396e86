"""What is said of each rule, and that nobody is told to pass what they passed already."""

from __future__ import annotations

from typing import Any

import pytest

from retention.command_words import command_words
from retention.orders.audit.actions import action
from retention.orders.rules.rules import RULES
from retention.orders.settings import Settings

GIVEN: dict[str, dict[str, Any]] = {
    "placeholder_customer": {"placeholder_ids": ("K0",)},
    "zero_amount": {"zero_amounts": "set_aside"},
    "non_product": {"non_products": "set_aside"},
    "customer_per_order": {"merge_by": ("email",)},
    "empty_status": {"statuses": {"": "completed"}},
    "midnight_shift": {"timezone": "Asia/Ho_Chi_Minh"},
}
# Rules that name an option only where they have found nothing.
UNSEEN = {"midnight_shift"}


def said(rule: str, *, lines: int = 3, **options: Any) -> str:
    return action(rule, lines=lines, options=Settings(**options))


# Examples


def test_a_timezone_that_was_given_is_to_be_compared() -> None:
    words = said("midnight_shift", timezone="Asia/Ho_Chi_Minh")
    assert "not those of Asia/Ho_Chi_Minh" in words
    assert "orders.set_aside('midnight_shift')" in words
    assert said("midnight_shift", timezone="UTC", lines=0).startswith("No order with a time of day")


def test_without_a_timezone_nothing_was_looked_at() -> None:
    assert said("midnight_shift", lines=0).startswith("Not looked at. Pass timezone= to see")


def test_cells_that_cannot_be_read_are_to_be_looked_at() -> None:
    """One decimal sign holds for a whole column, so that another one is no help."""
    for rule in ("unreadable_date", "unreadable_amount"):
        assert f"orders.set_aside('{rule}')" in said(rule)
    assert "decimal=" not in said("unreadable_amount")
    assert "'%Y-%m-%d | %d/%m/%Y'" in said("unreadable_date")
    assert "no day of the calendar, as 31/02" in said("unreadable_date")


def test_free_orders_that_another_rule_took_before() -> None:
    """Set aside as cancelled, they are still said to be set aside, not counted."""
    assert said("zero_amount", zero_amounts="set_aside").startswith("Set aside")
    assert said("zero_amount").startswith("Counted as purchases")
    assert said("non_product", non_products="set_aside").startswith("Set aside")
    assert "kept" in said("non_product")


def test_placeholders_that_were_named() -> None:
    assert "were named" in said("placeholder_customer", placeholder_ids=("K0",))
    assert said("placeholder_customer", placeholder_ids=()) == "All ids kept, as asked for."


def test_customers_with_one_order_each() -> None:
    alone, merged = said("customer_per_order"), said("customer_per_order", merge_by=("email",))
    assert "merge_by=['email', 'phone']" in alone
    assert "merged by email" in merged
    assert all("columns={'customer_id': ...}" in words for words in (alone, merged))
    assert said("customer_per_order", lines=0).startswith("Some customers have several orders")


def test_refunds_of_a_reading_for_accounting() -> None:
    assert "month of the refund" in said("matched_refund", returns="accounting")
    assert "Booked back" in said("matched_refund")


# Laws


@pytest.mark.parametrize("rule", GIVEN)
def test_no_advice_to_pass_what_was_passed(rule: str) -> None:
    advised = [f"{name}=" for name in GIVEN[rule]]
    assert any(name in said(rule, lines=0 if rule in UNSEEN else 3) for name in advised)
    assert [name for name in advised if name in said(rule, **GIVEN[rule])] == []


FOUND = {"columns": {"customer_id": "No"}, "date_format": "%d/%m/%Y", "decimal": ",",
         "as_of": "2024-12-31", "currency": "VND", "statuses": {"done": "completed"}}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_what_was_found_out_may_be_given(rule: str) -> None:
    """So that the call of `orders.settings()` makes the same audit."""
    assert said(rule, **FOUND) == said(rule)


@pytest.mark.parametrize("rule", [*RULES, "lines_read", "after_as_of", "lines_used"])
@pytest.mark.parametrize("lines", [0, 3])
def test_every_rule_has_a_sentence(rule: str, lines: int) -> None:
    for options in ({}, GIVEN.get(rule, {})):
        words = said(rule, lines=lines, **options)
        assert words[0].isupper()
        assert words.endswith((".", "?"))
        assert command_words(words)
