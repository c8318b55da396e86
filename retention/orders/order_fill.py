"""Exports that write what belongs to the whole order on its first line only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.connection import store
from retention.engine.frames import MONEY


def filled_within_orders(typed: Any, names: Sequence[str]) -> Any:
    """What stands once per order, on each of its lines; money stays where it stands, once.

    Without this the further lines of a cancelled order would count as completed.
    """
    if not names:
        return typed
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
