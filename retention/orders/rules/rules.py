"""The rules of a line, in the order in which they take lines; the first rule takes the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis

OLDEST = "1990-01-01"
Condition = Callable[[Any], Any]
# Rules that can set lines aside, in the order in which they take lines.
SET_ASIDE_RULES = (
    "repeated_header", "footer", "total_row", "unreadable_date", "unreadable_amount",
    "impossible_date", "future_date", "missing_customer", "placeholder_customer",
    "overlapping_files", "exact_duplicate", "restated", "cancelled", "returned", "not_completed",
    "zero_amount", "non_product", "unmatched_refund",
)  # fmt: skip
# Those about rows that are no lines; no other rule has anything to say of such a row.
REPORT_ROWS = ("repeated_header", "footer", "total_row")
# Rules that only report.
REPORTED_RULES = (
    "refunded_amount", "negative_amount", "quantity_against_amount", "matched_refund", "customer_from_order",
    "empty_status", "order_two_states", "lossy_ids", "similar_ids", "customer_per_order",
    "order_two_dates", "order_two_customers", "burst", "extreme_buyer", "unreadable_number",
    "midnight_shift", "merged_customers",
)  # fmt: skip
RULES = (*SET_ASIDE_RULES, *REPORTED_RULES)


# What each rule looks at in a line by itself, whether an earlier rule takes it or not.
CONDITIONS: dict[str, Condition] = {
    "repeated_header": lambda lines: _is_report_row(lines, "repeated_header"),
    "footer": lambda lines: _is_report_row(lines, "footer"),
    "total_row": lambda lines: flag(lines, "is_total"),
    "unreadable_date": lambda lines: lines.ordered_at.isnull(),
    "unreadable_amount": lambda lines: lines.amount.isnull(),
    "impossible_date": lambda lines: lines.ordered_at < ibis.timestamp(OLDEST),
    "future_date": lambda lines: flag(lines, "is_future"),
    "missing_customer": lambda lines: lines.customer_id.isnull(),
    "placeholder_customer": lambda lines: flag(lines, "is_placeholder"),
    "overlapping_files": lambda lines: flag(lines, "is_overlap"),
    "exact_duplicate": lambda lines: lines.is_repeat & ~flag(lines, "is_overlap"),
    "restated": lambda lines: flag(lines, "is_restated"),
    "cancelled": lambda lines: lines.line_state.isin(["cancelled", "refused"]),
    "returned": lambda lines: (lines.line_state == "returned") & ~is_refund(lines),
    "not_completed": lambda lines: lines.line_state.isin(["pending", "test"]),
    "zero_amount": lambda lines: (lines.amount == 0) & ~is_refund(lines),
    "non_product": lambda lines: flag(lines, "is_non_product"),
    "refunded_amount": lambda lines: _has_refund(lines),
    "negative_amount": lambda lines: lines.amount < 0,
    "quantity_against_amount": lambda lines: _is_against_quantity(lines),
    "customer_from_order": lambda lines: flag(lines, "has_filled_customer"),
    "empty_status": lambda lines: _has_no_status(lines),
    "unreadable_number": lambda lines: flag(lines, "has_unreadable_number"),
    "merged_customers": lambda lines: _is_merged(lines),
}


def is_refund(lines: Any) -> Any:
    """A line that takes money back, or items where no money moves."""
    negative = lines.amount < 0
    if "quantity" in lines.columns:
        negative = negative | ((lines.amount == 0) & (lines.quantity < 0).fill_null(False))
    return negative.fill_null(False)


def _is_report_row(lines: Any, rule: str) -> Any:
    """A row that is no line; only tables with such rows have the column."""
    if "report_row" not in lines.columns:
        return ibis.literal(False)
    return (lines.report_row == rule).fill_null(False)


def flag(lines: Any, column: str) -> Any:
    """A boolean column that not every table has; false where it is not."""
    return lines[column].fill_null(False) if column in lines.columns else ibis.literal(False)


def _is_against_quantity(lines: Any) -> Any:
    """Items that came back for money that came in; which of the two is wrong, nobody says."""
    if "quantity" not in lines.columns:
        return ibis.literal(False)
    return (lines.quantity < 0) & (lines.amount > 0)


def _has_refund(lines: Any) -> Any:
    return lines.refunded > 0 if "refunded" in lines.columns else ibis.literal(False)


def _has_no_status(lines: Any) -> Any:
    if "status" not in lines.columns:
        return ibis.literal(False)
    return lines.status.isnull() & (lines.line_state == "completed")


def _is_merged(lines: Any) -> Any:
    if "source_customer_id" not in lines.columns:
        return ibis.literal(False)
    found_out = lines.source_customer_id.isnull() & lines.customer_id.notnull()
    return found_out | (lines.customer_id != lines.source_customer_id).fill_null(False)
