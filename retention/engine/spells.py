"""Spells: from a purchase day to the next, with the ends of periods that lie between them.

One customer's spells follow each other without a hole. Where an order counted on some of the ends and
not on others, because a refund undid it later, each end is a spell by itself, as it was known then.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import ibis
from ibis import _

from retention.engine.customer_keys import with_ids, with_keys
from retention.engine.emptiness import is_empty
from retention.engine.end_scale import EndScale
from retention.engine.purchase_days import purchase_days
from retention.engine.undone_orders import UndoneOrders, undone_orders

SPELL = ("customer", "start", "stop", "day", "number", "previous_day", "first_day")


class Spells(NamedTuple):
    """Spells of customers by key, and of those with undone orders by id (None where there are none)."""

    plain: Any
    restated: Any | None
    orders: Any
    # Purchase days of those in `plain`.
    days: Any

    def with_ids(self) -> list[Any]:
        """Both, with `customer_id` in the place of the key."""
        plain = with_ids(self.plain, self.orders)
        if self.restated is None:
            return [plain]
        return [plain, self.restated.rename(customer_id="customer")]

    def parts(self) -> list[Any]:
        """Both, as they are."""
        return [self.plain] if self.restated is None else [self.plain, self.restated]


def spells(orders: Any, lines: Any | None, *, scale: EndScale, early_days: int = 0) -> Spells:
    """One row per spell that holds at least one of the ends; without `lines` refunds undo nothing.

    Columns: customer, start, stop (numbers of the first end in it and of the first after it), day,
    number, previous_day and first_day of the purchase day that it begins with. Of customers with undone
    orders also rows of number 0, when nothing that they ever bought counts; and `early_days`, their
    purchase days by then within so many of the first.
    """
    undone = None if lines is None else undone_orders(orders, lines, scale=scale)
    days = purchase_days(orders)
    if undone is None:
        return Spells(_plain(days, scale), None, orders, days)
    theirs = with_keys(undone.customers, orders)
    others = days if is_empty(theirs) else days.anti_join(theirs, "customer")
    restated = _restated(undone, scale, early_days)
    return Spells(_plain(others, scale), restated, orders, others)


def _plain(days: Any, scale: EndScale) -> Any:
    rows = days.mutate(start=scale.from_first(days.day), stop=scale.until_last(days.next_day))
    return rows.filter(rows.stop > rows.start).select(*SPELL)


def _restated(undone: UndoneOrders, scale: EndScale, early_days: int) -> Any:
    """One row per customer and end, from the first at which something counts."""
    window = ibis.window(group_by=["customer", "end_number"], order_by="day")
    rows = undone.days.mutate(
        number=(ibis.row_number().over(window) + 1).cast("int64"),
        previous_day=_.day.lag().over(window),
        next_day=_.day.lead().over(window),
        first_day=_.day.first(include_null=True).over(window),
    )
    is_early = (rows.day - rows.first_day <= early_days).ifelse(1, 0)
    rows = rows.mutate(early_days=is_early.sum().over(group_by=["customer", "end_number"]))
    stand = rows.filter(rows.next_day.isnull())
    begun = undone.days.group_by("customer").agg(begun=_.end_number.min())
    grid = begun.select(
        "customer",
        end_number=ibis.range(begun.begun, ibis.literal(scale.last + 1, "int64")).unnest(),
    )
    panel = grid.left_join(stand, ["customer", "end_number"])
    return panel.select(
        "customer", start=panel.end_number, stop=panel.end_number + 1, day=panel.day,
        number=panel.number.fill_null(0), previous_day=panel.previous_day,
        first_day=panel.first_day, early_days=panel.early_days.fill_null(0).cast("int64"),
    )  # fmt: skip
