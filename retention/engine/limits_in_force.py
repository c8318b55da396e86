"""Limits of memory, threads and spilling: set in a DuckDB, and read from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from retention.engine.limits import checked_limits
from retention.engine.workspace import spill_folder
from retention.errors import ArgumentError

# What DuckDB takes where nothing is said: of the machine, or of the container that it runs in.
DUCKDB_SHARE = 80
SPILL = "spill"


def set_limits(connection: Any, limits: Mapping[str, str | int | Path]) -> None:
    """Set checked limits, one after the other.

    Raises
    ------
    ArgumentError
        The engine refuses one, because of what it holds already; that one stays as it was.
    """
    for name, value in limits.items():
        _SETTERS[name](connection, value)


def limits_in_force(connection: Any) -> dict[str, str | int | Path]:
    """The limits by name, in the form in which they can be given again."""
    return {
        "memory_limit": str(_setting(connection, "memory_limit")),
        "threads": int(_setting(connection, "threads")),
        # The engine has a folder of its own, which is in a folder of the process.
        "spill_folder": Path(_setting(connection, "temp_directory")).parent.parent,
    }


def _set_memory(connection: Any, limit: str) -> None:
    before = _setting(connection, "memory_limit")
    try:
        _set(connection, "memory_limit", _amount(connection, limit))
    except duckdb.OutOfMemoryException as error:
        _set(connection, "memory_limit", before)
        raise ArgumentError(
            "memory_limit: the engine holds more than that at the moment, so the limit is "
            f"{before}, as before. Set it before the orders are read, or start Python anew."
        ) from error


def _amount(connection: Any, limit: str) -> str:
    """A share as an amount: DuckDB before 2.0 takes no %."""
    if not limit.endswith("%"):
        return limit
    connection.execute("RESET memory_limit")
    most = str(
        checked_limits({"memory_limit": _setting(connection, "memory_limit")})["memory_limit"]
    )
    return f"{int(most.rstrip('B')) * float(limit.rstrip('%')) / DUCKDB_SHARE:.0f}B"


def _set_threads(connection: Any, threads: int) -> None:
    connection.execute(f"SET threads = {threads}")


def _set_spill_folder(connection: Any, parent: Path) -> None:
    try:
        folder = spill_folder(parent) / SPILL
        # The engine refuses a change once it is in use, even to the same.
        if Path(_setting(connection, "temp_directory")) != folder:
            _set(connection, "temp_directory", str(folder))
    except OSError as error:
        raise ArgumentError(
            f"spill_folder: nothing can be written in {str(parent)!r} "
            f"({error.strerror or error}). Choose a folder of your own."
        ) from error
    except duckdb.NotImplementedException as error:
        used = limits_in_force(connection)["spill_folder"]
        raise ArgumentError(
            f"spill_folder: too late to change, the engine keeps data in {str(used)!r} already. "
            "Start Python anew and set it before the orders are read."
        ) from error


_SETTERS: dict[str, Callable[[Any, Any], None]] = {
    "memory_limit": _set_memory,
    "threads": _set_threads,
    "spill_folder": _set_spill_folder,
}


def _set(connection: Any, name: str, value: str) -> None:
    quoted = value.replace("'", "''")
    connection.execute(f"SET {name} = '{quoted}'")


def _setting(connection: Any, name: str) -> Any:
    return connection.execute(f"SELECT current_setting('{name}')").fetchone()[0]
