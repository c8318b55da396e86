"""What is derived from the same rows by many measures: stored once, for as long as the rows live."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary

from ibis.expr.operations import DatabaseTable

from retention.engine.connection import store
from retention.engine.place import place
from retention.texts import text

# From the rows' own node to what was made of them; it goes with the node.
_kept: WeakKeyDictionary[Any, dict[Hashable, Any]] = WeakKeyDictionary()
_MAKING = threading.RLock()


def kept_once(make: Callable[..., Any]) -> Callable[..., Any]:
    """Store what `make(rows, ...)` returns when it is first asked for.

    Only for rows that have a name in the private DuckDB, as orders have once they are read. Of other
    rows, and on somebody else's engine, it stays an expression: nothing is made there.
    """

    @functools.wraps(make)
    def kept(rows: Any, *words: Hashable, **options: Hashable) -> Any:
        if not is_named_here(rows):
            return make(rows, *words, **options)
        tables = _kept.setdefault(rows.op(), {})
        key = (make, words, tuple(sorted(options.items())))
        if key not in tables:
            # Threads that ask for the same at the same time make it once; the others wait for it.
            with _MAKING:
                if key not in tables:
                    made = make(rows, *words, **options)
                    tables[key] = store(made, text("preparing the orders"))
        return tables[key]

    return kept


def is_named_here(rows: Any) -> bool:
    """Whether rows are a table or a view of the private DuckDB."""
    return isinstance(rows.op(), DatabaseTable) and place(rows) == "here"
