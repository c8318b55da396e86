"""Files that are read again by each query must stay as they were when they were opened."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from retention.errors import OrdersError


class State(NamedTuple):
    """What tells one state of a file from another: its size, its moment, and which file it is."""

    size: int
    moment: int
    number: int


def state_of(path: str | Path) -> State | None:
    """The file's state; None where it is gone."""
    try:
        found = os.stat(path)  # noqa: PTH116 a glob of DuckDB is no path
    except OSError:
        return None
    return State(found.st_size, found.st_mtime_ns, found.st_ino)


@contextmanager
def unchanged(before: Mapping[str, State | None]) -> Iterator[None]:
    """Refuse what was done inside if one of the files is another one afterwards.

    Also where it failed: half of one file and half of another make errors that mislead.

    Raises
    ------
    OrdersError
        If a file has changed, or is gone.
    """
    try:
        yield
    except Exception as error:
        _refuse_changed(before, error)
        raise
    _refuse_changed(before, None)


def _refuse_changed(before: Mapping[str, State | None], cause: Exception | None) -> None:
    changed = [path for path, state in before.items() if state_of(path) != state]
    if changed:
        path = changed[0]
        raise OrdersError(
            f"orders: {len(changed)} of {len(before)} files changed while they were read "
            f"({path}: {_said(before[path])}, and then {_said(state_of(path))}). Nothing was counted. "
            "Wait until the export is complete, or copy the file, and read it again with read_orders."
        ) from cause


def _said(state: State | None) -> str:
    if state is None:
        return "gone"
    # As the folder shows it, on the clock of this machine.
    moment = dt.datetime.fromtimestamp(state.moment / 1e9, dt.UTC).astimezone()
    return f"{state.size:,} bytes of {moment:%H:%M:%S}"
