"""Rules that look at an order and its neighbours: dates, statuses, customers, bursts, files, midnight."""

from __future__ import annotations

from typing import Any

import ibis
import pandas as pd
from ibis import _

from retention.engine.bits import bits
from retention.engine.emptiness import is_empty
from retention.engine.frames import to_arrow
from retention.engine.time import day_number
from retention.orders.audit.bursts import busy_moments
from retention.orders.audit.lossy_ids import is_lossy_order_id
from retention.orders.audit.order_states import orders_of_two_states
from retention.orders.audit.rule_bits import BIT, has
from retention.orders.flags import flagged, found_or_none
from retention.orders.rules.rules import is_refund


def with_order_marks(
    orders: Any, lines: Any, *, shift: pd.Timedelta | None, shared: Any = None
) -> Any:
    """The orders with `day`, `is_undone` (by a refund), and `marks` of used orders for these rules."""
    used = orders.filter(has(orders.taken, "lines_used"))
    of_several, lines_of_several = _of_several(used, lines, shared)
    both = ["customer_id", "order_id"]
    marked = flagged(orders, found_or_none(busy_moments(used)), ["first_at"], "is_busy_moment")
    marked = flagged(
        marked, found_or_none(_of_two_customers(of_several)), ["order_id"], "is_shared"
    )
    marked = flagged(
        marked, found_or_none(_of_two_dates(of_several, lines_of_several)), both, "is_spread"
    )
    told = found_or_none(orders_of_two_states(of_several, lines_of_several))
    marked = flagged(marked, told, both, "is_told_twice")
    marked = flagged(marked, found_or_none(_undone(lines)), both, "is_undone")
    found = {
        "burst": marked.is_busy_moment,
        "order_two_customers": marked.is_shared,
        "order_two_dates": marked.is_spread,
        "order_two_states": marked.is_told_twice,
        "lossy_ids": is_lossy_order_id(marked.order_id),
        "overlapping_files": _in_two_files(marked),
        "midnight_shift": _moves(marked, used, shift),
    }
    is_used = has(marked.taken, "lines_used")
    marks = bits({BIT[rule]: condition & is_used for rule, condition in found.items()})
    return marked.mutate(marks=marks, day=day_number(marked.first_at)).drop(
        "is_busy_moment", "is_shared", "is_spread", "is_told_twice"
    )


def _of_several(orders: Any, lines: Any, shared: Any) -> tuple[Any, Any]:
    """Orders that may have several lines, and these lines: nobody else can contradict themselves."""
    if shared is None:
        return orders, lines
    if is_empty(shared):
        return orders.limit(0), lines.limit(0)
    return orders.semi_join(shared, "order_id"), lines.semi_join(shared, "order_id")


def _of_two_customers(used: Any) -> Any:
    owners = used.group_by("order_id").agg(owners=_.count())
    return owners.filter(owners.owners > 1)


def _of_two_dates(used: Any, lines: Any) -> Any:
    """Sales on two local dates; a refund or a cancelled line on another day does not count."""
    order = ["customer_id", "order_id"]
    spread = used.filter(used.first_at.date() != used.last_at.date()).select(*order)
    sales = lines.filter(lines.rule.isnull() & ~is_refund(lines)).semi_join(spread, order)
    dates = sales.group_by(*order).agg(first=_.ordered_at.min(), last=_.ordered_at.max())
    return dates.filter(dates.first.date() != dates["last"].date())


def _undone(lines: Any) -> Any:
    booked = lines.filter(lines.booked_order_id.notnull())
    return booked.select("customer_id", order_id=booked.booked_order_id).distinct()


def _in_two_files(orders: Any) -> Any:
    if "first_file" not in orders.columns:
        return ibis.literal(False)
    return orders.first_file != orders.last_file


def _moves(orders: Any, used: Any, shift: pd.Timedelta | None) -> Any:
    """Orders on another local date if their clock is off by `shift`; not where there are only dates."""
    if shift is None:
        return ibis.literal(False)
    timed = used.filter(used.first_at != used.first_at.truncate("D"))
    if to_arrow(timed.limit(1)).num_rows == 0:
        return ibis.literal(False)
    minutes = int(shift / pd.Timedelta(minutes=1))
    return (orders.first_at + ibis.interval(minutes=minutes)).date() != orders.first_at.date()
