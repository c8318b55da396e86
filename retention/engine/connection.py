"""The private DuckDB in which files and frames are kept, once and typed.

It lies in a temporary folder that goes with the process. A table lives as long as any expression over
it, so an analyst who reads fifty files one after the other keeps only the last.
"""

from __future__ import annotations

import atexit
import functools
import itertools
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

import ibis

_numbers = itertools.count(1)


@functools.cache
def private_connection() -> Any:
    """The process's own DuckDB backend, opened on first use, gone at exit."""
    folder = Path(tempfile.mkdtemp(prefix="retention-"))
    connection = ibis.duckdb.connect(str(folder / "orders.duckdb"))
    connection.raw_sql(f"SET temp_directory = '{_quoted(folder / 'spill')}'")
    atexit.register(_close, connection, folder)
    return connection


def store(rows: Any) -> Any:
    """Materialise an Arrow table or a DuckDB expression; dropped with the last use of it."""
    name = f"t{next(_numbers)}"
    table = private_connection().create_table(name, rows)
    # The node, not the expression: everything derived from the table holds on to the node.
    weakref.finalize(table.op(), _drop, name).atexit = False
    return table


def _drop(name: str) -> None:
    private_connection().drop_table(name, force=True)


def _close(connection: Any, folder: Path) -> None:
    connection.disconnect()
    shutil.rmtree(folder, ignore_errors=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
