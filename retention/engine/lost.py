"""A database that goes away in the middle of a query, in words of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from retention.errors import OrdersError

# What the drivers of databases call it, each in a module of its own that may not be installed here.
LOST = frozenset({"OperationalError", "InterfaceError"})


@contextmanager
def told_if_lost() -> Iterator[None]:
    """A query that the other side ended is an OrdersError; other errors stay what they are.

    Raises
    ------
    OrdersError
        If the connection was lost, or the server ended the query.
    """
    try:
        yield
    except Exception as error:
        if LOST.isdisjoint(kind.__name__ for kind in type(error).__mro__):
            raise
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
        raise OrdersError(
            f"orders: the database ended the query ({reason}). Nothing was written there. Connect "
            "again, and pass the table of the new connection to read_orders."
        ) from error
