"""Scores of histories joined back to the customers who have them, and money by arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import ibis

from retention.engine.histories import with_bins


class AmountTerms(NamedTuple):
    """The expected amount of a purchase day, as numbers that every engine can calculate with.

    With d paid days of mean v it is (amount + weight d v) / (days + weight d); without any, `unknown`.
    """

    amount: float
    days: float
    weight: float
    unknown: float


def scored(
    rows: Any,
    scores: Any,
    columns: Sequence[str],
    *,
    bin_days: int = 1,
    terms: AmountTerms | None = None,
    margin: float | None = None,
) -> Any:
    """One row per customer: `columns`, from the scores of their history and their own amounts.

    `scores` has a row per history: score_frequency, score_recency, score_T, and what is known of it.
    """
    binned = with_bins(rows, bin_days=bin_days)
    keys = {"frequency": "frequency", "bin_recency": "recency", "bin_T": "T"}
    same = [binned[ours] == scores[f"score_{theirs}"] for ours, theirs in keys.items()]
    joined = binned.left_join(scores, same)
    if terms is not None:
        joined = joined.mutate(expected_order_value=_expected_amount(joined, terms))
        joined = joined.mutate(expected_value=joined.expected_orders * joined.expected_order_value)
    if margin is not None:
        joined = joined.mutate(
            clv=_float(margin) * joined.expected_order_value * joined.discounted_orders
        )
    return joined.select(*columns)


def without_amount(rows: Any, terms: AmountTerms) -> Any:
    """One row: `customers`, and how many of them are `endless`: no finite amount to expect."""
    paid = rows.paid_days > 0
    endless = ibis.ifelse(
        paid, _divisor(rows, terms) <= 0, ibis.literal(math.isinf(terms.unknown), "bool")
    )
    return rows.agg(customers=rows.count(), endless=endless.sum().fill_null(0))


def _expected_amount(rows: Any, terms: AmountTerms) -> Any:
    own = _float(terms.amount) + _float(terms.weight) * rows.paid_days * rows.paid_value
    known = own / _divisor(rows, terms)
    # Only reached by nobody where it is infinite: such customers were refused.
    unknown = _float(terms.unknown) if math.isfinite(terms.unknown) else ibis.null("float64")
    return ibis.ifelse(rows.paid_days > 0, known, unknown)


def _divisor(rows: Any, terms: AmountTerms) -> Any:
    return _float(terms.days) + _float(terms.weight) * rows.paid_days


def _float(value: float) -> Any:
    return ibis.literal(float(value), "float64")
