"""How much of the machine is used: what holds, and how to change it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from retention.engine.connection import private_connection
from retention.engine.limits import checked_limits
from retention.engine.limits_in_force import limits_in_force, set_limits
from retention.engine.turn import turn


def engine_settings(
    *,
    memory_limit: str | None = None,
    threads: int | None = None,
    spill_folder: str | Path | None = None,
) -> dict[str, Any]:
    """Set how much memory, processors and which disk the engine uses; return what holds.

    Without a word it takes half of the memory of the machine (or container), all processors, and
    the system's temporary folder for what does not fit into memory. The environment variables
    RETENTION_MEMORY_LIMIT, RETENTION_THREADS and RETENTION_SPILL_FOLDER say the same for a command.

    Parameters
    ----------
    memory_limit : str
        Such as "4GB", "500MB" or "50%" of the machine; at least 100 MB.
    threads : int
        How many processors work at once, 1 to 512.
    spill_folder : str or Path
        A folder on a disk with room; what is kept there lies in a subfolder, and goes with the
        process. To be set before the engine has kept anything elsewhere.

    Returns
    -------
    dict
        `memory_limit`, `threads`, `spill_folder`, in the form in which they can be given again.

    Raises
    ------
    ArgumentError
        A value cannot be understood, the engine holds more than that, or the folder is not there,
        cannot be written, or comes too late. None of the values is set if one is not understood.

    Notes
    -----
    The trap: notebooks that `write_report` runs have engines of their own, which take their
    settings from the environment variables only.

    Examples
    --------
    >>> before = engine_settings()
    >>> engine_settings(memory_limit="2GiB", threads=1)["memory_limit"]
    '2.0 GiB'
    >>> engine_settings(**before) == before
    True
    """
    given = {"memory_limit": memory_limit, "threads": threads, "spill_folder": spill_folder}
    limits = checked_limits(given)
    connection = private_connection().con
    with turn():
        set_limits(connection, limits)
        return dict(limits_in_force(connection))
