"""Expressions under a name of their own: written as SQL once, however many queries build on them."""

from __future__ import annotations

import itertools
import weakref
from typing import Any

import ibis

from retention.engine.connection import private_connection
from retention.engine.stopped import told_if_stopped
from retention.engine.turn import drop_in_turn, turn

_numbers = itertools.count(1)


def view(rows: Any) -> Any:
    """The same rows as a view of the private DuckDB, dropped with its last use.

    What lies on another engine comes back as it is: nothing is made there.
    """
    connection = private_connection()
    if ibis.get_backend(rows) is not connection:
        return rows
    name = f"w{next(_numbers)}"
    try:
        with turn(), told_if_stopped():
            table = connection.create_view(name, rows)
    except BaseException:
        drop_in_turn(drop_view, name)
        raise
    # The view holds on to the tables that it reads, as an expression over them would.
    weakref.finalize(table.op(), drop_in_turn, drop_view, name, rows.op()).atexit = False
    return table


def drop_view(name: str, *_read: Any) -> None:
    """Of the private DuckDB; what it reads may go with it."""
    private_connection().drop_view(name, force=True)
