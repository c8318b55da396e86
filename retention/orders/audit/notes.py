"""Audit lines about the orders as a whole: where they begin, and what their edges do to the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from retention.orders.audit.selling_days import start_of_selling
from retention.orders.settings import Settings
from retention.periods import period_end, period_number
from retention.texts import text


def whole_table_notes(
    as_of: pd.Timestamp,
    history_start: pd.Timestamp,
    options: Settings,
    burn_in_end: pd.Timestamp | None,
    selling_days: Sequence[int] = (),
) -> list[dict[str, Any]]:
    """Rows for `history_start`, `left_truncation` and `partial_last_period`, in this order."""
    return [
        {"rule": "history_start", "action": _history(history_start, options, selling_days)},
        {"rule": "left_truncation", "action": _truncation(burn_in_end, options)},
        {"rule": "partial_last_period", "action": _partial(as_of)},
    ]


def _history(start: pd.Timestamp, options: Settings, selling_days: Sequence[int]) -> str:
    if options.history_start:
        return text("Complete from {day} on, as given.", day=f"{start:%Y-%m-%d}")
    taken = text("Taken to be complete from the first order on ({day}).", day=f"{start:%Y-%m-%d}")
    doubt = start_of_selling(selling_days) or text("Pass history_start= if it is not.")
    return f"{taken} {doubt}"


def _truncation(end: pd.Timestamp | None, options: Settings) -> str:
    if end is None and options.burn_in_days == "auto":
        return text("No sign that older customers look new at the start, or too short to judge.")
    if end is None:
        return text("Nothing is left out at the start, as given.")
    return text(
        "Cohorts before {day} probably hold older customers; they stay out of pooled averages.",
        day=f"{end:%Y-%m-%d}",
    )


def _partial(as_of: pd.Timestamp) -> str:
    end = period_end(period_number(as_of, "month"), "month")
    if as_of == end:
        return text("The last month is complete.")
    return text(
        "The last month runs to {end}, the orders to {as_of}: it is partial, hatched and not pooled.",
        end=f"{end:%Y-%m-%d}",
        as_of=f"{as_of:%Y-%m-%d}",
    )
