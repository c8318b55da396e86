"""Orders that counted for a while, until a refund undid them: what was known at the end of each period."""

from __future__ import annotations

from typing import Any, NamedTuple

import ibis

from retention.engine.connection import store
from retention.engine.emptiness import is_empty
from retention.engine.end_scale import EndScale
from retention.engine.order_grain import ORDER, booked_back
from retention.engine.place import place
from retention.engine.time import day_number


class UndoneOrders(NamedTuple):
    """Their `customers` (customer_id), and all `days` of these at each end: customer, end_number, day."""

    customers: Any
    days: Any


def undone_orders(orders: Any, lines: Any, *, scale: EndScale) -> UndoneOrders | None:
    """Customers of whom some order counted at one of the ends and not at another, or not in the end.

    None where there are none. Lines that belong to refunded orders are summed up to each end by the
    same expression that sums them up to as_of, so an end is what `Orders.at` would say.
    """
    refunds = lines.filter(lines.booked_order_id.notnull())
    refunded = refunds.select("customer_id", order_id="booked_order_id").distinct()
    if is_empty(refunded):
        return None
    known = _here(_known(lines, refunded, scale))
    finally_ = orders.select(*ORDER, counts_finally=orders.is_purchase)
    both = known.join(finally_, list(ORDER))
    changed = both.filter(both.is_purchase != both.counts_finally)
    customers = _here(changed.select("customer_id").distinct())
    if is_empty(customers):
        return None
    return UndoneOrders(customers, _here(_days(orders, refunded, known, customers, scale)))


def _known(lines: Any, refunded: Any, scale: EndScale) -> Any:
    """Each refunded order at every end from its first line on: its day, and whether it counts."""
    lines = lines.mutate(
        is_refund=lines.booked_order_id.notnull(),
        order_id=ibis.coalesce(lines.booked_order_id, lines.order_id),
    )
    theirs = lines.semi_join(refunded, list(ORDER))
    theirs = _at_ends(theirs, day_number(theirs.ordered_at), scale)
    seen = booked_back(theirs, (), (*ORDER, "end_number"))
    return seen.select(*ORDER, "end_number", "is_purchase", day=day_number(seen.ordered_at))


def _at_ends(rows: Any, day: Any, scale: EndScale) -> Any:
    """The rows once for each end on or after their day."""
    rows = rows.mutate(start=scale.from_first(day))
    rows = rows.filter(rows.start <= scale.last)
    return rows.mutate(
        end_number=ibis.range(rows.start, ibis.literal(scale.last + 1, "int64")).unnest()
    )


def _days(orders: Any, refunded: Any, known: Any, customers: Any, scale: EndScale) -> Any:
    """The customers' purchase days at each end: of the refunded orders as known, of others for good."""
    theirs = orders.filter(orders.is_purchase).semi_join(customers, "customer_id")
    firm = theirs.anti_join(refunded, list(ORDER))
    firm = firm.select("customer_id", day=day_number(firm.ordered_at))
    firm = _at_ends(firm, firm.day, scale)
    moving = known.filter(known.is_purchase).semi_join(customers, "customer_id")
    columns = ("customer_id", "end_number", "day")
    both = firm.select(*columns).union(moving.select(*columns))
    return both.distinct().rename(customer="customer_id")


def _here(rows: Any) -> Any:
    """Stored, where that is our own engine: it is asked several times."""
    return store(rows) if place(rows) == "here" else rows
