"""On which days a customer bought, with all rules and with each of them changed, in one table.

A day is present under a rule's change if a bit of `off` (the rule is off: its lines are used) or of
`aside` (the lines that it looks at are set aside) says so; the bit `lines_used` of `off` is the
reading as it is. Most orders lie on one day and have no refund: their lines alone say on which. The
others are made anew for each change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd

from retention.engine.order_grain import Returns, orders_from_lines
from retention.engine.time import day_number
from retention.orders.audit.marked import Marked
from retention.orders.audit.order_days import ORDER
from retention.orders.audit.repeat_rates import Reading
from retention.orders.audit.rule_bits import BIT, has, without
from retention.orders.keep import keep


def presence(
    marked: Marked, *, readings: Sequence[Reading], as_of: pd.Timestamp, returns: Returns
) -> Any:
    """Rows of `customer_id`, `day`, `off`, `aside`, right for these readings.

    A customer's days repeat only where orders are involved in others.
    """
    simple = marked.customers.on(marked.days)
    simple = simple.mutate(aside=without(simple.aside, simple.customer_marks))
    simple = simple.select("customer_id", "day", "off", "aside")
    if marked.involved is None:
        return simple
    theirs = _with_all_marks(marked, marked.customers.on(marked.involved))
    return ibis.union(simple, *(_days(theirs, reading, as_of, returns) for reading in readings))


def _with_all_marks(marked: Marked, orders: Any) -> Any:
    """The lines of these orders, `touched` also by what marks their order or customer."""
    marks = keep(orders.select(*ORDER, marks=orders.marks | orders.customer_marks))
    joined = marked.lines_of(marks).inner_join(marks, ORDER)
    return keep(joined.mutate(touched=joined.touched | joined.marks).drop("marks"))


def _days(lines: Any, reading: Reading, as_of: pd.Timestamp, returns: Returns) -> Any:
    """The purchase days of one reading, with its bit."""
    column, rule = reading
    used = lines.rule.isnull()
    if column == "aside":
        used = used & ~has(lines.touched, rule)
    elif rule == "matched_refund":
        used = used & lines.booked_order_id.isnull()
    else:
        used = used | (lines.rule == rule).fill_null(False)
    orders = orders_from_lines(lines.filter(used), as_of=as_of, attributes=(), returns=returns)
    bought = orders.filter(orders.is_purchase & orders.customer_id.notnull())
    marks = {"off": 0, "aside": 0} | {column: BIT[rule]}
    return bought.select(
        "customer_id",
        day=day_number(bought.ordered_at),
        **{name: ibis.literal(mark, "int64") for name, mark in marks.items()},
    )
