"""All cases of the corpus, in one table."""

from __future__ import annotations

from orders.corpus.case import Case
from orders.corpus.expected_columns import COLUMN_CASES
from orders.corpus.expected_rules import REFUSED_CASES, RULE_CASES
from orders.corpus.expected_tables import AUDIT_CASES, EXPORT_CASES, MONEY_CASES, PACKED_CASES
from orders.corpus.expected_text import AMOUNT_CASES, DATE_CASES, TEXT_CASES

CASES: tuple[Case, ...] = (
    *TEXT_CASES,
    *DATE_CASES,
    *AMOUNT_CASES,
    *MONEY_CASES,
    *EXPORT_CASES,
    *COLUMN_CASES,
    *PACKED_CASES,
    *AUDIT_CASES,
    *RULE_CASES,
    *REFUSED_CASES,
)
