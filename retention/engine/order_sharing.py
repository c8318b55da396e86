"""Order ids that several lines have; every other line is an order by itself and need not be grouped.

In a ledger of one line an order, grouping is the dearest step of all, and changes nothing.
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from retention.engine.connection import store
from retention.engine.emptiness import is_empty
from retention.engine.frames import to_arrow
from retention.engine.kept_once import is_named_here, kept_once

# Below this many lines, or where so many of the first share their order, all are grouped.
LEAST_LINES = 100_000
FIRST_LINES = 1_000
MOST_SHARED = 0.2


def shared_order_ids(lines: Any) -> Any:
    """The ids of orders with several lines, one row each; None where all lines are best grouped.

    A refund belongs to its own order and to the one that it undoes.
    """
    if not is_named_here(lines) or to_arrow(lines.count().as_table())[0][0].as_py() < LEAST_LINES:
        return None
    ids = to_arrow(lines.select("order_id").limit(FIRST_LINES))["order_id"]
    return _shared(lines) if len(ids.unique()) >= (1 - MOST_SHARED) * len(ids) else None


def by_sharing(lines: Any, shared: Any) -> tuple[Any, Any]:
    """Lines that are the only one of their order, and the others; a line without an id is another."""
    has_id = lines.order_id.notnull()
    if is_empty(shared):
        return lines.filter(has_id), lines.filter(~has_id)
    alone = lines.filter(has_id).anti_join(shared, "order_id")
    return alone, lines.filter(~has_id).union(lines.semi_join(shared, "order_id"))


@kept_once
def _shared(lines: Any) -> Any:
    undone = lines.filter(lines.booked_order_id != lines.order_id)
    ids = lines.select("order_id").union(undone.select(order_id="booked_order_id"))
    ids = ids.filter(ids.order_id.notnull())
    counted = _of_hashes_met_again(ids).group_by("order_id").agg(lines=_.count())
    return counted.filter(counted.lines > 1).select("order_id")


def _of_hashes_met_again(ids: Any) -> Any:
    """Hardly any: sorted hashes are faster than groups where nearly every id is one."""
    hashed = ids.mutate(hash=ids.order_id.hash())
    sorted_ = hashed.select("hash", before=hashed.hash.lag().over(ibis.window(order_by="hash")))
    again = store(sorted_.filter(sorted_.hash == sorted_.before).select("hash").distinct())
    return hashed.limit(0) if is_empty(again) else hashed.semi_join(again, "hash")
