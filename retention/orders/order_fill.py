"""Exports that write what belongs to the whole order on some of its lines only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
from ibis import _

from retention.engine.connection import private_connection, store
from retention.engine.frames import MONEY, to_arrow
from retention.orders.flags import found_or_none
from retention.orders.rules.rules import is_refund


def filled_within_orders(typed: Any, names: Sequence[str]) -> Any:
    """What stands once per order, on each of its lines; money stays where it stands, once.

    Without this the further lines of a cancelled order would count as completed. A line without a
    customer gets the only one of its order (`has_filled_customer`), where the day is the order's or
    money goes back: set aside, the refund would leave the order whole.
    """
    return _with_customers(_with_cells(typed, names) if names else typed)


def _with_cells(typed: Any, names: Sequence[str]) -> Any:
    window = ibis.window(group_by="order_id")
    filled = {}
    for name in names:
        column = typed[name]
        if column.type().is_decimal():
            has_one = column.count().over(window) > 0
            filled[name] = ibis.ifelse(
                column.isnull() & has_one, ibis.literal(0).cast(MONEY), column
            )
        else:
            filled[name] = ibis.coalesce(column, column.max().over(window))
    return store(typed.mutate(**filled))


def _with_customers(typed: Any) -> Any:
    if not {"customer_id", "has_order_id"} <= set(typed.columns):
        return typed
    lost = typed.filter(typed.customer_id.isnull() & typed.has_order_id)
    if not to_arrow(lost.select("order_id").limit(1)).num_rows:
        return typed
    if ibis.get_backend(typed) is not private_connection():
        return _filled(_with_owners_on_the_engine(typed))
    owners = found_or_none(_owners(typed, lost))
    if owners is None:
        return typed
    return store(_filled(typed.left_join(owners, "order_id").drop("order_id_right")))


def _owners(typed: Any, lost: Any) -> Any:
    """Orders with lost lines, their customers, and the days of the lines that are known."""
    known = typed.filter(typed.customer_id.notnull() & typed.has_order_id)
    known = known.semi_join(lost, "order_id")
    owners = known.group_by("order_id").agg(
        owner=_.customer_id.min(),
        other=_.customer_id.max(),
        owned_from=_.ordered_at.min(),
        owned_to=_.ordered_at.max(),
    )
    return owners.filter(owners.owner == owners.other)


def _with_owners_on_the_engine(typed: Any) -> Any:
    """The same for every line: of a table that is asked for anew each time, a join takes three."""
    window = ibis.window(group_by="order_id")
    moment = ibis.ifelse(typed.customer_id.notnull(), typed.ordered_at, ibis.null("timestamp"))
    return typed.mutate(
        owner=typed.customer_id.min().over(window),
        other=typed.customer_id.max().over(window),
        owned_from=moment.min().over(window),
        owned_to=moment.max().over(window),
    )


def _filled(joined: Any) -> Any:
    day, last = joined.ordered_at.date(), joined.owned_to.date()
    fits = joined.customer_id.isnull() & joined.has_order_id & (joined.owner == joined.other)
    fits = fits & (day >= joined.owned_from.date()) & ((day <= last) | is_refund(joined))
    fits = fits.fill_null(False)
    filled = joined.mutate(
        customer_id=ibis.ifelse(fits, joined.owner, joined.customer_id), has_filled_customer=fits
    )
    return filled.drop("owner", "other", "owned_from", "owned_to")
