"""From which day to which day the orders are observed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from ibis import _

from retention.engine.frames import to_arrow
from retention.errors import ArgumentError, OrdersError, examples
from retention.orders.settings import Settings
from retention.periods import as_day

# Years of other calendars in which shops keep their dates: 2567 and 1403 are 2024.
_CALENDARS = (
    (range(2400, 2701), "Buddhist", "take 543 years off"),
    (range(1300, 1500), "Persian", "convert them to the Gregorian calendar"),
)
_STATUSES = "Check what the statuses mean with statuses={...}."
# How to go on where one rule takes everything; the first word is the rule.
_WAYS = {
    "unreadable_date": "Check the column with columns={...}, and how its dates are written with "
    'date_format="%d/%m/%Y".',
    "unreadable_amount": "Check the column with columns={...}, and its decimal sign with "
    'decimal=",".',
    "impossible_date": "They are dated before 1990: check the column with columns={...}.",
    "future_date": "They are dated after today: if they have happened, pass as_of= with a day after "
    "them.",
    "missing_customer": "Name the column of the customer with columns={...}; where guests leave an "
    'e-mail or phone, merge_by=["email", "phone"] tells them by these.',
    "placeholder_customer": "Name another column of the customer with columns={...}, or pass "
    "placeholder_ids=[] to keep these ids.",
    "cancelled": _STATUSES,
    "returned": _STATUSES,
    "not_completed": _STATUSES,
    "zero_amount": 'Pass zero_amounts="purchase" to keep them.',
    "non_product": 'Pass non_products="keep" to keep them.',
    "unmatched_refund": "Their amounts are below 0: name another column with columns={...}, or turn "
    "the sign at the source.",
}


def observed(checked: Any, settings: Settings, where: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The last day of the observation, and the first from which it is complete.

    Raises
    ------
    OrdersError
        If no line can be used.
    ArgumentError
        If the one that was given leaves nothing to observe.
    """
    used = checked.filter(checked.rule.isnull())
    row = to_arrow(used.agg(first=used.ordered_at.min(), last=used.ordered_at.max())).to_pylist()[0]
    if row["first"] is None:
        raise OrdersError(_nothing_used(checked, where))
    as_of = as_day(settings.as_of or row["last"])
    start = as_day(settings.history_start or row["first"], "history_start")
    if as_of < start:
        raise ArgumentError(_turned(as_of, start, settings))
    return as_of, start


def _turned(as_of: pd.Timestamp, start: pd.Timestamp, settings: Settings) -> str:
    """Said of the argument that was given; of both, the one that leaves nothing."""
    if settings.history_start:
        last = "as_of" if settings.as_of else "the last order"
        return (
            f"history_start: {start:%Y-%m-%d} lies after {last}, {as_of:%Y-%m-%d}: nothing would be "
            "observed. Name the first day from which the source is complete."
        )
    return f"as_of: {as_of:%Y-%m-%d} lies before the first day of the orders, {start:%Y-%m-%d}."


def _nothing_used(checked: Any, where: str) -> str:
    """Which rule took how many lines, and how to go on with the one that took most."""
    found = checked.group_by("rule").agg(
        lines=_.count(), first=_.ordered_at.min(), last=_.ordered_at.max()
    )
    rules = sorted(to_arrow(found).to_pylist(), key=lambda row: (-row["lines"], row["rule"]))
    taken = ", ".join(f"{row['rule']} takes {row['lines']:,}" for row in rules[:3])
    more = ", ..." if len(rules) > 3 else ""
    rows = sum(row["lines"] for row in rules)
    way = _calendar(rules) or _WAYS.get(rules[0]["rule"], "Check the mapping with columns={...}.")
    return (
        f"orders: none of the rows of {where} can be used: all are set aside (of {rows:,} rows {taken}"
        f"{more}). {way}"
    )


def _calendar(rules: Sequence[dict[str, Any]]) -> str:
    """A word on dates that are those of another calendar, all of them."""
    dated = [row for row in rules if row["rule"] in ("impossible_date", "future_date")]
    years = [row[edge].year for row in dated for edge in ("first", "last")]
    for span, name, way in _CALENDARS:
        if years and all(year in span for year in years):
            return (
                f"The years ({examples(sorted(set(years)))}) look like those of the {name} calendar: "
                f"{way} at the source."
            )
    return ""
