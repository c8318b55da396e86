"""From what was bought first to what was bought next."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _


def next_item_counts(days: Any, *, most: int, other: str, as_of_day: int, within_days: int) -> Any:
    """Customers by order number, item, the next item and the days to it, of those seen long enough.

    `days` are those of `item_days`. `next_item` is null and `gap_days` 0 for those who did not come back
    within `within_days`. Only the `most` items that most of these days had, or led to, have their name;
    those beyond are the `other`.
    """
    named = _largest(days, most)
    gap = days.next_day - days.day
    is_back = (gap <= within_days).fill_null(False)
    seen = days.filter(as_of_day - days.day >= within_days).select(
        "order_number",
        "item",
        next_item=ibis.ifelse(is_back, days.next_item, ibis.null("string")),
        gap_days=ibis.ifelse(is_back, gap, ibis.literal(0, "int64")),
    )
    # Few rows, so that names are looked up in few.
    keys = ("order_number", "item", "next_item", "gap_days")
    counts = seen.group_by(*keys).agg(customers=_.count())
    rows = _with_name(_with_name(counts, "item", named, other), "next_item", named, other)
    return rows.group_by(*keys).agg(customers=_.customers.sum().cast("int64"))


def _largest(days: Any, most: int) -> Any:
    """The items with the most purchases; of equals, the first in the alphabet."""
    own = days.select(item="item")
    later = days.filter(days.next_item.notnull()).select(item="next_item")
    sizes = own.union(later).group_by("item").agg(purchases=_.count())
    return sizes.order_by(ibis.desc("purchases"), "item").limit(most).select("item")


def _with_name(rows: Any, column: str, named: Any, other: str) -> Any:
    """The same rows, in which what is not among the named is the other; nothing stays nothing."""
    known = named.select(known="item").view()
    # Under a name of its own, or Ibis would take the columns of one table for those of the other.
    rows = rows.view()
    joined = rows.left_join(known, rows[column] == known.known)
    is_beyond = joined.known.isnull() & joined[column].notnull()
    return joined.mutate(**{column: is_beyond.ifelse(other, joined[column])}).drop("known")
