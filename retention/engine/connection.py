"""The private DuckDB in which files and frames are kept, once and typed.

It lies in a temporary folder that goes with the process. A table lives as long as any expression over
it, so an analyst who reads fifty files one after the other keeps only the last.
"""

from __future__ import annotations

import atexit
import functools
import itertools
import tempfile
import threading
import weakref
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import ibis

from retention.engine.limits import environment_limits
from retention.engine.limits_in_force import set_limits
from retention.engine.progress import progress
from retention.engine.stopped import told_if_stopped
from retention.engine.turn import drop_in_turn, turn
from retention.engine.unchanged import unchanged
from retention.engine.watched import files_of
from retention.engine.workspace import temporary_folder

_numbers = itertools.count(1)
# Again by the same thread: a collection of garbage, which may begin here, asks for the connection, too.
_OPENING = threading.RLock()
# DuckDB would take 80 % of the memory; whoever looks at the results needs some, too.
DEFAULT_MEMORY = "50%"


def private_connection() -> Any:
    """The process's own DuckDB backend, opened on first use, gone at exit.

    Raises
    ------
    ArgumentError
        An environment variable that limits it cannot be understood.
    """
    with _OPENING:
        return _connection()


@functools.cache
def _connection() -> Any:
    limits: dict[str, str | int | Path]
    limits = {"memory_limit": DEFAULT_MEMORY, "spill_folder": Path(tempfile.gettempdir())}
    limits |= environment_limits()
    connection = ibis.duckdb.connect(str(temporary_folder() / "orders.duckdb"))
    # DuckDB 2.0 fails on filters over text columns that its statistics show to be all missing.
    connection.raw_sql("SET disabled_optimizers = 'statistics_propagation'")
    # Texts packed so tightly take twice the time, to store and each time they are read.
    connection.raw_sql("SET disabled_compression_methods = 'fsst,dict_fsst'")
    set_limits(connection.con, limits)
    # Registered after the removal of the folder, so it runs before.
    atexit.register(connection.disconnect)
    return connection


def store(rows: Any, what: str | None = None) -> Any:
    """Materialise an Arrow table or a DuckDB expression; dropped with the last use of it.

    `what` names the work for a progress bar, which shows where it takes long.
    """
    name = f"t{next(_numbers)}"
    connection = private_connection()
    try:
        told = progress(connection.con, what) if what else nullcontext()
        with unchanged(files_of(rows)), turn(), told_if_stopped(), told:
            table = connection.create_table(name, rows)
    except BaseException:
        # Ibis makes the table before it fills it: an interrupted query leaves it empty.
        drop_in_turn(_drop, name)
        raise
    # The node, not the expression: everything derived from the table holds on to the node.
    weakref.finalize(table.op(), drop_in_turn, _drop, name).atexit = False
    return table


def _drop(name: str) -> None:
    private_connection().drop_table(name, force=True)
