"""Counts of gaps by purchases so far, from some number on taken together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _


def capped_counts(gaps: Any, *, by: Sequence[str], and_more: int) -> Any:
    """Gaps of all customers by order number up to `and_more`, length, and whether they are open."""
    capped = gaps.mutate(order_number=ibis.least(gaps.order_number, and_more).cast("int64"))
    keys = (*by, "order_number", "gap_days", "is_censored")
    return capped.group_by(*keys).agg(customers=_.count())
