"""Rules that look at a customer's whole history: bursts on one day, extreme buyers, odd ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ibis import _

from retention.engine.bits import bits
from retention.engine.frames import to_arrow
from retention.orders.audit.bursts import busy_days
from retention.orders.audit.extreme_buyers import extreme_buyers
from retention.orders.audit.lossy_ids import lossy_customers
from retention.orders.audit.rule_bits import BIT
from retention.orders.audit.similar_ids import similar_customers
from retention.orders.flags import flagged, found_or_none
from retention.orders.keep import keep

MANY_ORDERS = 50


@dataclass(frozen=True, eq=False)
class CustomerMarks:
    """Who has used orders, who and which days are marked, and whether everybody has one order only."""

    buyers: Any
    busy: Any
    extreme: Any
    lossy: Any
    similar: Any
    is_one_order_each: bool

    def on(self, table: Any) -> Any:
        """A table with `customer_id` and `day`, with further `customer_marks`."""
        marked = flagged(table, self.busy, ["customer_id", "day"], "is_busy")
        marked = flagged(marked, self.extreme, ["customer_id"], "is_extreme")
        marked = flagged(marked, self.lossy, ["customer_id"], "is_lossy")
        marked = flagged(marked, self.similar, ["customer_id"], "is_similar")
        found = {
            BIT["burst"]: marked.is_busy,
            BIT["extreme_buyer"]: marked.is_extreme,
            BIT["lossy_ids"]: marked.is_lossy,
            BIT["similar_ids"]: marked.is_similar,
        }
        flags = ("is_busy", "is_extreme", "is_lossy", "is_similar")
        return marked.mutate(customer_marks=bits(found)).drop(*flags)


def customer_marks(days: Any, *, has_order_ids: bool) -> CustomerMarks:
    """From days with `orders` and `amount` that are used."""
    used = days.filter(days.orders > 0)
    customers = keep(
        used.group_by("customer_id").agg(
            days=_.count(), orders=_.orders.sum(), amount=_.amount.sum()
        )
    )
    row = to_arrow(customers.agg(orders=_.orders.sum(), most=_.orders.max())).to_pylist()[0]
    is_one_each = has_order_ids and row["most"] == 1 and row["orders"] >= MANY_ORDERS
    return CustomerMarks(
        buyers=customers.select("customer_id"),
        busy=found_or_none(busy_days(used).select("customer_id", "day")),
        extreme=found_or_none(extreme_buyers(customers).select("customer_id")),
        lossy=found_or_none(lossy_customers(customers)),
        similar=found_or_none(similar_customers(customers)),
        is_one_order_each=is_one_each,
    )
