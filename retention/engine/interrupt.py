"""The stop button of a notebook: DuckDB stops its query and says so with an error of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible() -> Iterator[None]:
    """A query that was stopped is a KeyboardInterrupt, as all else that is stopped."""
    try:
        yield
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from None
