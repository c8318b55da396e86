"""Marks: which rules touch a line, an order, a customer; one bit of a whole number per rule."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd

from retention.engine.bits import any_bits, bits
from retention.engine.emptiness import is_empty
from retention.engine.frames import MONEY
from retention.engine.next_day import next_day
from retention.engine.order_sharing import by_sharing
from retention.orders.audit.order_days import ORDER
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
    late = (checked.ordered_at >= next_day(as_of)).fill_null(False)
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


def marked_orders(lines: Any, *, shared: Any = None) -> Any:
    """One row per customer and order id of the source, with the marks of its lines.

    `touched` and `taken` hold what is true of any line; `spared` the rules that leave at least one
    used line alone. `lines` and `amount` are those used; `first_at` and `last_at` the times of all.
    `shared`: the order ids that several lines have, where that is known.
    """
    rows = lines.select(*ORDER, **_as_orders(lines))
    if shared is None:
        return _grouped(rows)
    alone, together = by_sharing(rows, shared)
    if is_empty(together):
        return alone
    grouped = _grouped(together)
    return alone.cast(grouped.schema()).union(grouped)


def _as_orders(lines: Any) -> dict[str, Any]:
    """What each line would say as an order by itself."""
    is_used = lines.rule.isnull()
    untouched = lines.touched ^ ibis.literal(EVERY, "int64")
    return {
        "touched": lines.touched,
        "taken": lines.taken,
        "spared": is_used.ifelse(untouched, ibis.literal(0, "int64")),
        "lines": is_used.ifelse(1, 0).cast("int64"),
        "amount": is_used.ifelse(lines.amount, ibis.null(MONEY)),
        "first_at": lines.ordered_at,
        "last_at": lines.ordered_at,
        **_files(lines, is_used),
        **states_told(lines),
    }


def _grouped(rows: Any) -> Any:
    ways = {
        "touched": any_bits,
        "taken": any_bits,
        "spared": any_bits,
        "lines": _sum,
        "amount": _sum,
    }
    columns = [name for name in rows.columns if name not in ORDER]
    return rows.group_by(*ORDER).agg(
        **{
            name: ways.get(name, _min if name.startswith("first") else _max)(rows[name])
            for name in columns
        }
    )


def _sum(column: Any) -> Any:
    return column.sum().cast("int64") if column.type().is_integer() else column.sum()


def _min(column: Any) -> Any:
    return column.min()


def _max(column: Any) -> Any:
    return column.max()


def _files(lines: Any, is_used: Any) -> dict[str, Any]:
    if "source_file" not in lines.columns:
        return {}
    file = (is_used & lines.has_order_id).ifelse(lines.source_file, ibis.null("string"))
    return {"first_file": file, "last_file": file}
