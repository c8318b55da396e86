"""Refunds that stand in a column of their own: taken off the lines of their order."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.connection import store
from retention.engine.frames import MONEY
from retention.orders.flags import found_or_none

_ORDER = ("customer_id", "order_id")


def with_refunds_taken_off(typed: Any, *, is_repeated: bool) -> Any:
    """Amounts less what was given back; `is_given_back` where that is all of the order.

    A line's own refund goes first, what is left over is taken from the order's lines in turn. An order
    that was given back whole keeps its amounts: it is returned. `is_repeated`: each line tells the
    refund of the order.
    """
    if "refunded" not in typed.columns:
        return typed
    typed = typed.mutate(refunded=typed.refunded.abs())
    with_some = typed.filter(typed.refunded > 0).select(*_ORDER).distinct()
    lines = typed.select("line_number", *_ORDER, "amount", "refunded")
    lines = found_or_none(
        lines.semi_join(with_some, [_same(lines, with_some, key) for key in _ORDER])
    )
    if lines is None:
        return typed
    found = store(_netted(lines, is_repeated=is_repeated))
    joined = typed.left_join(found, "line_number").drop("line_number_right")
    return store(
        joined.mutate(
            amount=ibis.coalesce(joined.net, joined.amount),
            is_given_back=joined.is_whole.fill_null(False),
        ).drop("net", "is_whole")
    )


def _same(one: Any, other: Any, key: str) -> Any:
    return one[key].identical_to(other[key])


def _netted(lines: Any, *, is_repeated: bool) -> Any:
    order = ibis.window(group_by=_ORDER)
    nothing = ibis.literal(0).cast(MONEY)
    paid = ibis.greatest(lines.amount.fill_null(0), nothing)
    back = lines.refunded.fill_null(0)
    total = back.max().over(order) if is_repeated else back.sum().over(order)
    own = nothing if is_repeated else ibis.least(back, paid)
    lines = lines.mutate(paid=paid, total=total, left=paid - own, own=own)
    over = lines.total - lines.own.sum().over(order)
    before = ibis.cumulative_window(group_by=_ORDER, order_by="line_number")
    used = lines.left.sum().over(before) - lines.left
    more = ibis.greatest(ibis.least(lines.left, over - used), nothing)
    is_whole = (lines.total >= lines.paid.sum().over(order)) & (lines.total > 0)
    net = (lines.amount - lines.own - more).cast(MONEY)
    return lines.select(
        "line_number", net=ibis.ifelse(is_whole, lines.amount, net), is_whole=is_whole
    )
