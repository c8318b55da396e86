"""Queries that did not end: the stop button, and too little room, in words of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from retention.errors import RoomError


@contextmanager
def told_if_stopped() -> Iterator[None]:
    """A query that was stopped is a KeyboardInterrupt, as all else that is stopped.

    Raises
    ------
    RoomError
        If memory or disk were not enough.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise RoomError(_too_little(str(error))) from error
    except duckdb.IOException as error:
        if "No space left" not in str(error):
            raise
        raise RoomError(_full_disk(str(error))) from error
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from None


def _full_disk(found: str) -> str:
    reason = found.strip().splitlines()[0].removeprefix("IO Error: ").rstrip(".")
    return (
        f"engine: the disk is full ({reason}). Nothing of yours is lost. See engine_settings(). Free "
        "some space, or set TMPDIR to a folder on a disk with room before Python starts."
    )


def _too_little(found: str) -> str:
    """DuckDB's own first line says how much was asked for, and how much is in use."""
    reason = found.strip().splitlines()[0].removeprefix("Out of Memory Error: ").rstrip(".")
    return (
        f"engine: there is too little room for this ({reason}). Nothing of yours is lost. See "
        'engine_settings(). Pass engine_settings(memory_limit="75%") or fewer threads=, a '
        "spill_folder= on a disk with more room before anything is read, or read fewer columns and "
        "an earlier as_of."
    )
