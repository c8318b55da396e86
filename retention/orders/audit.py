"""The audit: every line of the source accounted for, and what each rule changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from retention.engine.frames import to_arrow
from retention.engine.order_grain import Returns, orders_from_lines
from retention.engine.repeat_counts import repeat_counts
from retention.names import GLOSSARY, check_columns
from retention.orders.check import RULES, conditions
from retention.periods import day_number
from retention.texts import text

COLUMNS = check_columns(
    (
        "rule", "lines", "lines_set_aside", "orders", "customers", "amount_set_aside", "action",
        "repeat_rate_180", "repeat_rate_180_without", "amount",
    )
)  # fmt: skip
WITHIN_DAYS = 180
# Rules whose lines could have been used: only for these can we say what the rule changes.
REVERSIBLE = (
    "exact_duplicate", "cancelled", "returned", "not_completed", "zero_amount", "unmatched_refund",
    "matched_refund",
)  # fmt: skip
NO_COUNTS = {
    "lines": 0, "lines_set_aside": 0, "orders": 0, "customers": 0, "amount_set_aside": 0.0,
    "amount": 0.0,
}  # fmt: skip


def audit_table(
    checked: Any, *, as_of: pd.Timestamp, returns: Returns, notes: Sequence[dict[str, Any]]
) -> pd.DataFrame:
    """One row per rule in a fixed order; `notes` are rows about the orders as a whole.

    `lines` and `amount` of `lines_read` are those of `lines_used` and all that is set aside, exactly.
    """
    dated = _at(checked, as_of)
    effects = _Effects(dated, as_of, returns)
    rows = [_row(dated, "lines_read", dated.is_line, effects)]
    found = conditions(dated) | {
        "matched_refund": dated.booked_order_id.notnull() & dated.rule.isnull(),
        "after_as_of": dated.rule == "after_as_of",
    }
    rows += [
        _row(dated, rule, found[rule], effects)
        for rule in (*RULES, "matched_refund", "after_as_of")
    ]
    rows += [NO_COUNTS | note | effects.none() for note in notes]
    rows.append(_row(dated, "lines_used", dated.rule.isnull(), effects))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({name: GLOSSARY[name].dtype for name in COLUMNS})


def _at(checked: Any, as_of: pd.Timestamp) -> Any:
    is_late = checked.ordered_at >= ibis.timestamp(str(as_of + pd.Timedelta(days=1)))
    late = ibis.ifelse(is_late.fill_null(False), "after_as_of", ibis.null("string"))
    return checked.mutate(rule=ibis.coalesce(checked.rule, late), is_line=True)


def _row(lines: Any, rule: str, condition: Any, effects: _Effects) -> dict[str, Any]:
    touched = condition.fill_null(False)
    aside = (lines.rule == rule).fill_null(False)
    counts = to_arrow(
        lines.agg(
            lines=touched.ifelse(1, 0).sum(),
            lines_set_aside=aside.ifelse(1, 0).sum(),
            orders=lines.order_id.nunique(where=touched),
            customers=lines.customer_id.nunique(where=touched),
            amount_set_aside=lines.amount.sum(where=aside),
            amount=lines.amount.sum(where=touched),
        )
    ).to_pylist()[0]
    for name in ("amount_set_aside", "amount"):
        counts[name] = float(counts[name] or 0)
    action = _action(rule, counts["lines_set_aside"])
    return {"rule": rule, **counts, "action": action, **effects.of(rule, _changes(rule, counts))}


def _changes(rule: str, counts: dict[str, int]) -> int:
    """Lines that would be treated otherwise without the rule."""
    return counts["lines" if rule == "matched_refund" else "lines_set_aside"]


class _Effects:
    """The 180-day repeat rate with all rules, and with all but one, on touched customers only."""

    def __init__(self, lines: Any, as_of: pd.Timestamp, returns: Returns) -> None:
        self._lines = lines
        self._as_of = as_of
        self._returns: Returns = returns
        self._eligible, self._returned = self._count(lines.filter(lines.rule.isnull()))

    def of(self, rule: str, changes: int) -> dict[str, float]:
        rate = self._rate(self._eligible, self._returned)
        if rule not in REVERSIBLE:
            return {"repeat_rate_180": rate, "repeat_rate_180_without": float("nan")}
        without = self._without(rule) if changes else rate
        return {"repeat_rate_180": rate, "repeat_rate_180_without": without}

    def none(self) -> dict[str, float]:
        return self.of("", 0)

    def _without(self, rule: str) -> float:
        lines = self._lines
        is_touched = (
            lines.rule == rule if rule != "matched_refund" else lines.booked_order_id.notnull()
        )
        buyers = lines.filter(is_touched).select("customer_id").distinct()
        theirs = lines.semi_join(buyers, "customer_id")
        before = self._count(theirs.filter(theirs.rule.isnull()))
        after = self._count(_reinstated(theirs, rule))
        return self._rate(
            self._eligible - before[0] + after[0], self._returned - before[1] + after[1]
        )

    def _count(self, lines: Any) -> tuple[int, int]:
        orders = orders_from_lines(lines, as_of=self._as_of, attributes=(), returns=self._returns)
        counts = repeat_counts(orders, as_of_day=day_number(self._as_of), within_days=WITHIN_DAYS)
        row = to_arrow(counts).to_pylist()[0]
        return int(row["eligible"]), int(row["returned"])

    @staticmethod
    def _rate(eligible: int, returned: int) -> float:
        return returned / eligible if eligible else float("nan")


def _reinstated(lines: Any, rule: str) -> Any:
    """The lines that would be used without the rule."""
    if rule == "matched_refund":
        used = lines.filter(lines.rule.isnull())
        return used.mutate(booked_order_id=ibis.null("string"))
    return lines.filter(lines.rule.isnull() | (lines.rule == rule))


def _action(rule: str, set_aside: int) -> str:
    if rule == "zero_amount" and set_aside:
        return text("Set aside: orders in which nothing was paid, as asked for.")
    actions = {
        "lines_read": text("All lines of the source."),
        "unreadable_date": text("Set aside. Pass date_format= if the day comes first."),
        "unreadable_amount": text("Set aside. Pass decimal= if the comma is the decimal sign."),
        "impossible_date": text("Set aside: before 1990."),
        "missing_customer": text(
            "Set aside: nobody to follow. Repeat rates are about known customers."
        ),
        "exact_duplicate": text(
            "Repetitions of a whole line set aside where there is an order id."
        ),
        "cancelled": text("Set aside: cancelled or refused on delivery is no purchase."),
        "returned": text("Set aside: the status says that the order was sent back."),
        "not_completed": text("Set aside: pending or test orders."),
        "zero_amount": text(
            "Counted as purchases. Pass zero_amounts='set_aside' to leave them out."
        ),
        "negative_amount": text("Refunds, matched or not, and discounts within their order."),
        "unmatched_refund": text("Set aside: no order found that this refund undoes."),
        "matched_refund": text("Booked back to the order it undoes, from its own date on."),
        "after_as_of": text("Not used: after the as-of date."),
        "lines_used": text("Lines behind every number."),
    }
    return actions[rule]
