"""The private DuckDB's own connection is for one thread at a time; what nobody uses goes in between."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import duckdb

_TURN = threading.Lock()
_unused: deque[Callable[[], Any]] = deque()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the connection, have it alone, and drop afterwards what went out of use meanwhile."""
    try:
        with _TURN:
            yield
    finally:
        _drop_unused()


def drop_in_turn(drop: Callable[..., Any], *words: Any) -> None:
    """Drop something now, or else as soon as the connection is free: garbage is collected anywhere.

    A collection can begin in the middle of a query, in its own thread or in another one, so this never
    waits.
    """
    _unused.append(partial(drop, *words))
    _drop_unused()


def _drop_unused() -> None:
    # Asked again after the turn was given back: something may have come since the last look.
    while _unused and _TURN.acquire(blocking=False):
        try:
            while _unused:
                # What cannot be dropped goes with the process.
                with suppress(duckdb.Error):
                    _unused.popleft()()
        finally:
            _TURN.release()
