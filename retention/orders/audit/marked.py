"""Lines, orders, days and customers with what every rule says of them: the ground of the audit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from retention.engine.emptiness import is_empty
from retention.engine.frames import to_arrow
from retention.engine.order_sharing import shared_order_ids
from retention.engine.view import view
from retention.orders.audit.customer_marks import CustomerMarks, customer_marks
from retention.orders.audit.marks import marked_lines, marked_orders
from retention.orders.audit.order_days import ORDER, is_involved, order_days
from retention.orders.audit.order_marks import with_order_marks
from retention.orders.audit.rule_bits import has
from retention.orders.keep import keep
from retention.orders.rules.check import RULES, conditions
from retention.orders.settings import Settings


@dataclass(frozen=True, eq=False)
class Marked:
    """The same orders at four grains: lines, orders, customers' days, and marks of customers."""

    checked: Any
    as_of: pd.Timestamp
    orders: Any
    days: Any
    customers: CustomerMarks
    is_line_each: bool

    @cached_property
    def involved(self) -> Any | None:
        """Orders on several days, and those that a refund touches; None where there are none."""
        if self.is_line_each and not _any(self.checked.booked_order_id.notnull(), self.checked):
            return None
        found = self.orders.filter(is_involved(self.orders))
        return found if to_arrow(found.limit(1)).num_rows else None

    @property
    def lines(self) -> Any:
        """All lines, with what every rule says of them."""
        return marked_lines(self.checked, as_of=self.as_of)

    def lines_of(self, orders: Any) -> Any:
        """The lines of a few orders: found first, so that only these are looked at."""
        return marked_lines(self.checked.semi_join(orders, ORDER), as_of=self.as_of)


def mark(checked: Any, *, as_of: pd.Timestamp, options: Settings) -> Marked:
    """Everything that the rules look at, up to and including `as_of`."""
    lines = marked_lines(checked, as_of=as_of)
    shift = _shift(options, as_of)
    shared = shared_order_ids(checked)
    orders = marked_orders(lines, shared=shared)
    # Where every line is an order nothing was grouped, and what is stored already need not be again.
    is_line_each = shared is not None and is_empty(shared)
    orders = view(orders) if is_line_each else keep(orders)
    orders = with_order_marks(orders, lines, shift=shift, shared=shared)
    days = keep(order_days(orders))
    customers = customer_marks(days, has_order_ids=_any(checked.has_order_id, checked))
    return Marked(checked, as_of, orders, days, customers, is_line_each)


def touched_lines(checked: Any, rule: str, *, as_of: pd.Timestamp, options: Settings) -> Any:
    """The lines that a rule looks at, set aside or not, with all columns of `checked`."""
    found = conditions(checked).get(rule) if rule in RULES else None
    alone = checked.filter(found.fill_null(False)) if found is not None else checked.limit(0)
    if found is not None and rule != "overlapping_files":
        return alone
    marked = mark(checked, as_of=as_of, options=options)
    used = checked.filter(checked.rule.isnull())
    if rule == "customer_per_order" and marked.customers.is_one_order_each:
        return used
    orders = marked.customers.on(marked.orders)
    theirs = orders.filter(has(orders.marks | orders.customer_marks, rule))
    return alone.union(used.semi_join(theirs.select(*ORDER), ORDER))


def _shift(options: Settings, as_of: pd.Timestamp) -> pd.Timedelta | None:
    """How far the clock would be off if the times were those of Greenwich."""
    if options.timezone is None:
        return None
    noon = as_of + pd.Timedelta(hours=12)
    offset = noon.tz_localize(ZoneInfo(options.timezone)).utcoffset()
    return pd.Timedelta(offset) if offset else None


def _any(condition: Any, lines: Any) -> bool:
    found = lines.filter(condition).select("line_number").limit(1)
    return bool(to_arrow(found).num_rows)
