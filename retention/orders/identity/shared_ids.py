"""How many ids a table of people shares with the orders: without any, nobody is found in it."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.errors import ArgumentError
from retention.hidden_ids import example_cells


def shared_ids(lines: Any, people: Any) -> dict[str, int]:
    """Ids of the orders, and those of them that the people have, too.

    Raises
    ------
    ArgumentError
        If both have ids, and none in common.
    """
    ours, theirs = _ids(lines), _ids(people)
    shared = _count(ours.semi_join(theirs, "customer_id"))
    counts = {"ids_in_orders": _count(ours), "ids_in_people": shared}
    if not shared and counts["ids_in_orders"] and _count(theirs):
        raise ArgumentError(
            f"people: none of the {counts['ids_in_orders']:,} customer ids of the orders "
            f"({_some(ours)}) is among the {_count(theirs):,} ids of the people ({_some(theirs)}). "
            "Name the column that holds the same ids, or write them alike: "
            'read_people(path, columns={"customer_id": "the source\'s name"}).'
        )
    return counts


def _ids(rows: Any) -> Any:
    return store(rows.filter(rows.customer_id.notnull()).select("customer_id").distinct())


def _count(rows: Any) -> int:
    return int(to_arrow(rows.agg(rows=ibis._.count()))["rows"].to_pylist()[0])


def _some(rows: Any) -> str:
    return example_cells(to_arrow(rows.order_by("customer_id").limit(3))["customer_id"].to_pylist())
