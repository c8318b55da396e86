"""Order grain: one row per order, its refunds booked back (or left in their own month)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import ibis
import pandas as pd
from ibis import _

from retention.engine.next_day import next_day
from retention.engine.order_sharing import by_sharing

Returns = Literal["behaviour", "accounting"]
ORDER = ("customer_id", "order_id")
SUMS = ("quantity", "discount", "cost")
# What the engine makes of a sum of money.
SUM = "decimal(38, 4)"


def orders_from_lines(
    lines: Any,
    *,
    as_of: pd.Timestamp,
    attributes: Sequence[str],
    returns: Returns,
    shared: Any = None,
) -> Any:
    """One row per order from lines up to and including `as_of`; `gross_amount` is without refunds.

    `lines.booked_order_id` names the order that a refund undoes; it is null on every other line.
    An order whose matched refunds leave nothing, in money or in items, is no purchase. `shared`:
    the order ids that several lines have, where that is known.
    """
    seen = lines.filter(_.ordered_at < next_day(as_of))
    if returns == "accounting":
        return _in_their_own_month(seen, attributes)
    seen = seen.mutate(
        is_refund=seen.booked_order_id.notnull(),
        order_id=ibis.coalesce(seen.booked_order_id, seen.order_id),
    )
    if shared is None:
        return booked_back(seen, attributes)
    alone, together = by_sharing(seen, shared)
    grouped = booked_back(together, attributes)
    return _single(alone, attributes).select(*grouped.columns).union(grouped)


def booked_back(lines: Any, attributes: Sequence[str], keys: Sequence[str] = ORDER) -> Any:
    """One row per order of lines that say `is_refund`, under the id of the order that they undo."""
    orders = _group(lines, attributes, is_sale=~lines.is_refund, keys=keys)
    return (
        orders.filter(orders.ordered_at.notnull())
        .mutate(is_purchase=~(orders.has_refund & orders.is_used_up))
        .drop("has_refund", "is_used_up")
    )


def _single(lines: Any, attributes: Sequence[str]) -> Any:
    """Lines that are orders by themselves: as `booked_back` would have them, ungrouped."""
    sales = lines.filter(~lines.is_refund)
    sums = [name for name in SUMS if name in lines.columns]
    return sales.select(
        "customer_id", "order_id", "ordered_at",
        gross_amount=sales.amount.cast(SUM),
        **{name: sales[name].cast(SUM) for name in ("amount", *sums)},
        **{name: sales[name].nullif("") for name in attributes},
        is_purchase=ibis.literal(True),
    )  # fmt: skip


def _in_their_own_month(lines: Any, attributes: Sequence[str]) -> Any:
    """Refunds are rows of their own: money in their month, never a purchase, never undoing one."""
    is_refund = lines.booked_order_id.notnull()
    split = lines.mutate(
        is_refund=is_refund,
        order_id=is_refund.ifelse(lines.order_id.concat(" (refund)"), lines.order_id),
    )
    orders = _group(split, attributes, is_sale=ibis.literal(True))
    return orders.mutate(is_purchase=~orders.has_refund).drop("has_refund", "is_used_up")


def _group(lines: Any, attributes: Sequence[str], is_sale: Any, keys: Sequence[str] = ORDER) -> Any:
    order = _line_order(lines, attributes)
    sums = [name for name in SUMS if name in lines.columns]
    # Not every engine has a least record; where it does, it is faster than sorting for each attribute.
    has_least = lines.get_backend().name in ("duckdb", "pyspark")
    first = {name: lines[name].argmin(order, where=is_sale) for name in attributes}
    orders = lines.group_by(*keys).agg(
        ordered_at=lines.ordered_at.min(where=is_sale),
        amount=lines.amount.sum(),
        gross_amount=lines.amount.sum(where=~lines.is_refund).fill_null(0).cast(SUM),
        has_refund=lines.is_refund.any(),
        is_used_up=_is_used_up(lines, is_sale),
        **{name: lines[name].sum() for name in sums},
        **({"first_line": order.min(where=is_sale)} if has_least else first),
    )
    return _with_attributes(orders, attributes) if has_least else orders


def _with_attributes(orders: Any, attributes: Sequence[str]) -> Any:
    """The attributes of the first line, in which one that is missing is spelt as nothing."""
    first = {name: orders.first_line[name].nullif("") for name in attributes}
    return orders.mutate(**first).drop("first_line")


def _is_used_up(lines: Any, is_sale: Any) -> Any:
    """Nothing is left of what was paid; or of the items, where every line says how many."""
    paid = lines.amount.sum(where=is_sale).fill_null(0)
    is_paid_back = (paid > 0) & (lines.amount.sum() <= 0)
    if "quantity" not in lines.columns:
        return is_paid_back
    all_counted = lines.quantity.count() == lines.count()
    return is_paid_back | (all_counted & (lines.quantity.sum().fill_null(1) <= 0))


def _line_order(lines: Any, attributes: Sequence[str]) -> Any:
    """Time, then the greatest amount, then the attributes' own text: no row order counts.

    PostgreSQL leaves out keys with a null in them, so a missing attribute is spelt as nothing.
    """
    keys = {"ordered_at": lines.ordered_at, "least": -lines.amount}
    return ibis.struct(keys | {name: lines[name].fill_null("") for name in attributes})
