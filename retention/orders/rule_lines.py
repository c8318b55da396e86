"""The lines behind a rule of the audit, as they can be looked up in the source."""

from __future__ import annotations

from typing import Any

import pandas as pd
from ibis import _

from retention.engine.frames import to_arrow
from retention.errors import ArgumentError, choose
from retention.orders.audit.guest_note import guest_lines
from retention.orders.audit.marked import touched_lines
from retention.orders.rules.check import RULES
from retention.orders.settings import Settings

# Rows of the audit that no single line is behind.
WHOLE = ("history_start", "left_truncation", "partial_last_period", "stale_as_of")
SUMS = ("lines_read", "lines_used")


def rule_lines(checked: Any, rule: str, *, as_of: pd.Timestamp, options: Settings) -> Any:
    """What the rule set aside; where it keeps what it finds, the lines that it touches.

    Several files have their lines counted file by file.

    Raises
    ------
    ArgumentError
        If there is no such rule, or no lines are behind it.
    """
    _require_lines(rule)
    return _counted_by_file(_found(checked, rule, as_of, options), checked)


def _require_lines(rule: str) -> None:
    names = (*RULES, "guests", "after_as_of")
    if rule in WHOLE:
        raise ArgumentError(
            f"rule: {rule!r} is about the orders as a whole, no single line is behind it; its sentence "
            f"stands in orders.audit. Lines are behind {', '.join(map(repr, names))}."
        )
    if rule in SUMS:
        raise ArgumentError(
            f"rule: {rule!r} is a sum over the lines, and sets none aside. orders.to_pandas() shows the "
            f"orders made of those used; rules are {', '.join(map(repr, names))}."
        )
    choose("rule", rule, names)


def _found(checked: Any, rule: str, as_of: pd.Timestamp, options: Settings) -> Any:
    if rule == "guests":
        return guest_lines(checked, as_of=as_of)
    if rule == "after_as_of":
        next_day = as_of + pd.Timedelta(days=1)
        return checked.filter(checked.rule.isnull() & (checked.ordered_at >= next_day))
    found = checked.filter(checked.rule == rule)
    if to_arrow(found.select("rule").limit(1)).num_rows:
        return found
    return touched_lines(checked, rule, as_of=as_of, options=options)


def _counted_by_file(found: Any, checked: Any) -> Any:
    """Rows are numbered through all files: back to the number in the file itself."""
    if "source_file" not in checked.columns:
        return found.order_by("line_number")
    first = checked.group_by("source_file").agg(first_of_file=_.line_number.min())
    numbered = found.join(first, "source_file").order_by("line_number")
    return numbered.mutate(line_number=numbered.line_number - numbered.first_of_file + 1)
