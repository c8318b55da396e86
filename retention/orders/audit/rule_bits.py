"""One bit of a whole number per rule, so that a table holds what all rules say in one column."""

from __future__ import annotations

from typing import Any

import ibis

from retention.orders.rules.rules import RULES

BIT = {
    rule: 1 << place
    for place, rule in enumerate((*RULES, "after_as_of", "lines_used", "lines_read"))
}
EVERY = sum(BIT.values())


def has(marks: Any, rule: str) -> Any:
    """Whether a rule is among the marks."""
    return (marks & ibis.literal(BIT[rule], "int64")) != 0


def without(marks: Any, others: Any) -> Any:
    """The marks that are not among the others."""
    return marks & (others ^ ibis.literal(EVERY, "int64"))
