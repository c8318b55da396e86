"""The audit: every line of the source accounted for, and what each rule changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from retention.engine.frames import to_arrow
from retention.engine.order_grain import Returns
from retention.names import GLOSSARY, check_columns
from retention.orders.audit.actions import action
from retention.orders.audit.counts import AuditCounts
from retention.orders.audit.details import details
from retention.orders.audit.effects import ASIDE, OFF, Effects
from retention.orders.audit.guest_note import GUEST_RULES, guest_note
from retention.orders.audit.marked import mark
from retention.orders.audit.selling_days import end_of_selling
from retention.orders.rules.check import RULES
from retention.orders.settings import Settings

COLUMNS = check_columns(
    (
        "rule", "lines", "lines_set_aside", "orders", "customers", "amount_set_aside", "action",
        "repeat_rate_180", "repeat_rate_180_without", "repeat_rate_180_if_set_aside", "amount",
    )
)  # fmt: skip
NO_COUNTS = {
    "lines": 0, "lines_set_aside": 0, "orders": 0, "customers": 0, "amount_set_aside": 0.0,
    "amount": 0.0,
}  # fmt: skip


def audit_table(
    checked: Any,
    *,
    as_of: pd.Timestamp,
    returns: Returns,
    notes: Sequence[dict[str, Any]],
    options: Settings | None = None,
) -> pd.DataFrame:
    """One row per rule in a fixed order; `notes` are rows about the orders as a whole.

    `lines` and `amount` of `lines_read` are those of `lines_used` and all that is set aside, exactly.
    """
    options = options or Settings()
    marked = mark(checked, as_of=as_of, options=options)
    people = marked.customers
    counts = AuditCounts(marked.lines, people.on(marked.orders), people.buyers)
    rules = {rule: counts.of(rule) for rule in ("lines_read", *RULES, "after_as_of", "lines_used")}
    if people.is_one_order_each:
        rules["customer_per_order"] = rules["lines_used"] | {"rule": "customer_per_order"}
    effects = Effects(
        marked, as_of, returns,
        took=[rule for rule in OFF if _moved(rules[rule])],
        touched=[rule for rule in (*ASIDE, "merged_customers") if counts.kept(rule)],
    )  # fmt: skip
    nobody = [rules[rule]["lines_set_aside"] for rule in GUEST_RULES]
    guests = guest_note(marked.lines if any(nobody) else None, lambda: effects.known, as_of=as_of)
    whole = [guests, *notes, _stale(marked.days, as_of)]
    rows = [row | _words(row, options, details(row, marked, effects)) for row in rules.values()]
    rows[-2:-2] = [NO_COUNTS | note for note in whole]
    frame = pd.DataFrame([row | effects.of(row["rule"]) for row in rows], columns=list(COLUMNS))
    return frame.astype({name: GLOSSARY[name].dtype for name in COLUMNS})


def _moved(row: dict[str, Any]) -> bool:
    """Whether lines would be treated otherwise without the rule."""
    return bool(row["lines" if row["rule"] == "matched_refund" else "lines_set_aside"])


def _words(row: dict[str, Any], options: Settings, found: dict[str, str]) -> dict[str, str]:
    return {"action": action(row["rule"], lines=row["lines"], options=options, found=found)}


def _stale(days: Any, as_of: pd.Timestamp) -> dict[str, Any]:
    selling = to_arrow(days.filter(days.orders > 0).select("day").distinct())["day"].to_pylist()
    return {"rule": "stale_as_of", "action": end_of_selling(selling, as_of)}
