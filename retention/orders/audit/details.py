"""What a sentence of the audit says of this very table: counts and examples, asked for where needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ibis import _

from retention.engine.frames import to_arrow
from retention.engine.time import day_number
from retention.errors import examples
from retention.hidden_ids import shown_ids
from retention.orders.audit.effects import Effects
from retention.orders.audit.marked import Marked
from retention.orders.audit.order_days import ORDER
from retention.orders.audit.rule_bits import has
from retention.orders.audit.similar_ids import similar_examples
from retention.orders.rules.rules import is_refund

FAR_DAYS = 60


def details(row: Mapping[str, Any], marked: Marked, effects: Effects) -> dict[str, str]:
    """The words that a rule's sentence is filled with, by name; none for most rules."""
    found = _DETAILS.get(row["rule"])
    return found(row, marked, effects) if found and row["lines"] else {}


def _similar_ids(_row: Mapping[str, Any], marked: Marked, effects: Effects) -> dict[str, str]:
    rate = effects.rate(*effects.together)
    return {
        "examples": examples(shown_ids(similar_examples(marked.customers.similar))),
        # Not a number where nobody is observed for 180 days.
        "rate": "" if rate != rate else f"{rate:.1%}",
    }


def _order_two_dates(_row: Mapping[str, Any], marked: Marked, _effects: Effects) -> dict[str, str]:
    """How many of the orders have sales so far apart that they may be two."""
    orders = marked.orders.filter(has(marked.orders.marks, "order_two_dates"))
    sales = marked.lines.filter(marked.lines.rule.isnull() & ~is_refund(marked.lines))
    sales = sales.semi_join(orders.select(*ORDER), ORDER)
    days = sales.mutate(day=day_number(sales.ordered_at)).group_by(*ORDER)
    apart = days.agg(days=_.day.max() - _.day.min())
    far = apart.filter(apart.days > FAR_DAYS).count()
    return {"far": f"{to_arrow(far.as_table())[0][0].as_py():,}", "days": str(FAR_DAYS)}


def _quantity(row: Mapping[str, Any], _marked: Marked, _effects: Effects) -> dict[str, str]:
    return {"amount": f"{row['amount']:,.0f}"}


_DETAILS: dict[str, Callable[[Mapping[str, Any], Marked, Effects], dict[str, str]]] = {
    "similar_ids": _similar_ids,
    "order_two_dates": _order_two_dates,
    "quantity_against_amount": _quantity,
}
