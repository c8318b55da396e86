"""Marks: which rules touch a line, an order, a customer; one bit of a whole number per rule."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd

from retention.engine.bits import any_bits, bits
from retention.orders.audit.order_states import states_told
from retention.orders.audit.rule_bits import BIT, EVERY
from retention.orders.rules.check import conditions
from retention.orders.rules.rules import SET_ASIDE_RULES

# What the audit looks at; attributes of the source stay out, whatever their names.
KEPT = (
    "customer_id", "order_id", "ordered_at", "amount", "quantity", "line_state", "has_order_id",
    "booked_order_id", "rule", "source_customer_id", "source_file", "product", "status",
    "cancelled_at", "refunded",
)  # fmt: skip


def marked_lines(checked: Any, *, as_of: pd.Timestamp) -> Any:
    """The lines with `touched` (what looks at them) and `taken` (the rule that took them, or use)."""
    next_day = ibis.timestamp(str(as_of + pd.Timedelta(days=1)))
    late = (checked.ordered_at >= next_day).fill_null(False)
    late_rule = ibis.ifelse(late, "after_as_of", ibis.null("string"))
    lines = checked.mutate(rule=ibis.coalesce(checked.rule, late_rule))
    found = {BIT[rule]: condition for rule, condition in conditions(lines).items()}
    is_used = lines.rule.isnull()
    found |= {
        BIT["after_as_of"]: lines.rule == "after_as_of",
        BIT["lines_used"]: is_used,
        BIT["lines_read"]: ibis.literal(True),
    }
    reasons = ("lines_used", "after_as_of", *SET_ASIDE_RULES)
    taken = lines.rule.fill_null("lines_used").cases(
        *((reason, ibis.literal(BIT[reason], "int64")) for reason in reasons),
        else_=ibis.literal(0, "int64"),
    )
    return lines.select(
        *(name for name in KEPT if name in lines.columns),
        touched=bits(found),
        taken=taken,
    )


def marked_orders(lines: Any) -> Any:
    """One row per customer and order id of the source, with the marks of its lines.

    `touched` and `taken` hold what is true of any line; `spared` the rules that leave at least one
    used line alone. `lines` and `amount` are those used; `first_at` and `last_at` the times of all.
    """
    is_used = lines.rule.isnull()
    untouched = lines.touched ^ ibis.literal(EVERY, "int64")
    return lines.group_by("customer_id", "order_id").agg(
        touched=any_bits(lines.touched),
        taken=any_bits(lines.taken),
        spared=any_bits(is_used.ifelse(untouched, ibis.literal(0, "int64"))),
        lines=is_used.ifelse(1, 0).sum().cast("int64"),
        amount=lines.amount.sum(where=is_used),
        first_at=lines.ordered_at.min(),
        last_at=lines.ordered_at.max(),
        **_files(lines, is_used),
        **states_told(lines),
    )


def _files(lines: Any, is_used: Any) -> dict[str, Any]:
    if "source_file" not in lines.columns:
        return {}
    wanted = is_used & lines.has_order_id
    return {
        "first_file": lines.source_file.min(where=wanted),
        "last_file": lines.source_file.max(where=wanted),
    }
