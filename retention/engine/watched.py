"""Which files a query reads each time it is asked, and what they were when they were opened."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any

from ibis.expr.operations import DatabaseTable
from ibis.expr.types import Expr

from retention.engine.unchanged import State, state_of

# By the name of the view; it goes with the last use of it.
_watched: dict[str, tuple[str, State | None]] = {}


def watch(view: Any, path: Path) -> None:
    """Remember the state of the file that a view reads."""
    # Absolute: somebody may go to another folder between two questions.
    name, path = view.get_name(), path.absolute()
    _watched[name] = str(path), state_of(path)
    weakref.finalize(view.op(), _watched.pop, name, None).atexit = False


def files_of(rows: Any) -> dict[str, State | None]:
    """The files that a query of these rows reads, as they were when they were opened."""
    if not _watched or not isinstance(rows, Expr):
        return {}
    names = {node.name for node in rows.op().find(DatabaseTable)}
    return dict(_watched[name] for name in names if name in _watched)
