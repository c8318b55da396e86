"""A progress bar for long work of the private DuckDB; short work shows none."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from retention.engine.bar import bar_class

DELAY_SECONDS = 2.0
EVERY_SECONDS = 0.25


@contextmanager
def progress(connection: Any, what: str) -> Iterator[None]:
    """Show on stderr how far `connection`'s running query is; TQDM_DISABLE=1 shows nothing.

    DuckDB says how far it is only while its own bar is on, so that is on meanwhile, unprinted.
    """
    if not _switch_on(connection):
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(connection, what, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
        connection.execute("SET enable_progress_bar = false")


def bars_are_off() -> bool:
    """Whether TQDM_DISABLE says so now; tqdm itself looks at it once, when it is imported."""
    return os.environ.get("TQDM_DISABLE", "") not in ("", "0")


def _switch_on(connection: Any) -> bool:
    """In a notebook DuckDB refuses to count where ipywidgets is missing: then there is no bar."""
    try:
        connection.execute("SET enable_progress_bar = true")
        connection.execute("SET enable_progress_bar_print = false")
    except duckdb.Error:
        return False
    return True


def _watch(connection: Any, what: str, done: threading.Event) -> None:
    if done.wait(DELAY_SECONDS):
        return
    form = "{desc}: {percentage:3.0f}% |{bar}| {elapsed}"
    with bar_class()(total=100, desc=what, bar_format=form, disable=bars_are_off()) as bar:
        while not done.wait(EVERY_SECONDS):
            bar.update(max(0.0, connection.query_progress() - bar.n))
        bar.update(100 - bar.n)
