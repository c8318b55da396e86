"""How many lines, orders, customers and how much money each rule touches and sets aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import ibis
from ibis import _

from retention.engine.bits import any_bits
from retention.engine.frames import to_arrow
from retention.orders.audit.rule_bits import BIT, EVERY
from retention.orders.flags import flagged

Row = Mapping[str, Any]
# What is said of an order of which no rule says anything.
PLAIN = BIT["lines_used"] | BIT["lines_read"]


class AuditCounts:
    """Counts per combination of marks, asked of the engine once; sums over them are exact."""

    def __init__(self, lines: Any, orders: Any, buyers: Any) -> None:
        """From marked lines, orders with `marks` and `customer_marks`, and who has used orders."""
        every = orders.mutate(marks=orders.marks | orders.customer_marks)
        every = every.mutate(all_marks=every.touched | every.marks)
        self._lines = _rows(
            lines.group_by("touched", "taken").agg(lines=_.count(), amount=_.amount.sum())
        )
        self._orders = _rows(
            every.group_by("all_marks", "marks").agg(
                orders=_.order_id.count(), lines=_.lines.sum(), amount=_.amount.sum()
            )
        )
        self._customers = _people(every, buyers)

    def of(self, rule: str) -> dict[str, Any]:
        """The counts of a row of the audit."""
        touched, taken = self._with(rule, "touched"), self._with(rule, "taken")
        marked = _having(self._orders, rule, "marks")
        aside = [] if rule in ("lines_used", "lines_read") else taken
        return {
            "rule": rule,
            "lines": _sum(touched, "lines") + _sum(marked, "lines"),
            "lines_set_aside": _sum(aside, "lines"),
            "orders": _sum(_having(self._orders, rule, "all_marks"), "orders"),
            "customers": _sum(_having(self._customers, rule, "all_marks"), "customers"),
            "amount_set_aside": float(_money(aside)),
            "amount": float(_money(touched) + _money(marked)),
        }

    def kept(self, rule: str) -> int:
        """Lines in use that the rule touches."""
        used = [row for row in self._with(rule, "touched") if row["taken"] & BIT["lines_used"]]
        return _sum(used, "lines") + _sum(_having(self._orders, rule, "marks"), "lines")

    def _with(self, rule: str, column: str) -> list[Row]:
        return _having(self._lines, rule, column)


def _people(orders: Any, buyers: Any) -> list[Row]:
    """Customers by the marks of their orders: most have used ones only, and need only be counted."""
    is_odd = (orders.all_marks | orders.taken) & ibis.literal(EVERY ^ PLAIN, "int64") != 0
    odd = orders.filter(orders.customer_id.notnull() & is_odd)
    people = odd.group_by("customer_id").agg(all_marks=any_bits(odd.all_marks))
    people = flagged(people, buyers, ["customer_id"], "is_buyer")
    plain = people.is_buyer.ifelse(PLAIN, BIT["lines_read"])
    marked = people.mutate(all_marks=people.all_marks | plain)
    rows = _rows(marked.group_by("all_marks", "is_buyer").agg(customers=_.count()))
    every = _rows(buyers.agg(customers=_.count()))[0]["customers"]
    others = every - sum(row["customers"] for row in rows if row["is_buyer"])
    return [*rows, {"all_marks": PLAIN, "customers": others}]


def _rows(expression: Any) -> list[Row]:
    rows: list[Row] = to_arrow(expression).to_pylist()
    return rows


def _having(rows: Iterable[Row], rule: str, column: str) -> list[Row]:
    return [row for row in rows if row[column] & BIT[rule]]


def _sum(rows: Iterable[Row], column: str) -> int:
    return sum(int(row[column] or 0) for row in rows)


def _money(rows: Iterable[Row]) -> Decimal:
    return sum((Decimal(row["amount"] or 0) for row in rows), Decimal(0))
