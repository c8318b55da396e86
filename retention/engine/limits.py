"""How much of the machine the private DuckDB may use, as people say it, checked."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path

from retention.errors import ArgumentError, require_number
from retention.files import at_home

NAMES = ("memory_limit", "threads", "spill_folder")
SMALLEST = 100 * 1000**2  # with much less DuckDB cannot even spill
MOST_THREADS = 512
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[KMGT]i?B)", re.IGNORECASE)


def checked_limits(given: Mapping[str, object]) -> dict[str, str | int | Path]:
    """The limits that are not None; memory in bytes (`123B`) or as a share (`50.0%`).

    Raises
    ------
    ArgumentError
        One of them cannot be understood.
    """
    return {name: _checked(name, name, value) for name, value in given.items() if value is not None}


def environment_limits() -> dict[str, str | int | Path]:
    """The limits that RETENTION_MEMORY_LIMIT, RETENTION_THREADS, RETENTION_SPILL_FOLDER set.

    Raises
    ------
    ArgumentError
        One of them cannot be understood.
    """
    variables = {name: f"RETENTION_{name.upper()}" for name in NAMES}
    given = {name: os.environ.get(variable, "").strip() for name, variable in variables.items()}
    return {
        name: _checked(name, variables[name], _typed(name, value))
        for name, value in given.items()
        if value
    }


def _typed(name: str, value: str) -> str | int:
    """Numbers are text in the environment; the name of a folder may be digits only."""
    return int(value) if name == "threads" and value.isdecimal() else value


def _checked(name: str, called: str, value: object) -> str | int | Path:
    if name == "threads":
        return _threads(called, value)
    return _memory(called, value) if name == "memory_limit" else _folder(called, value)


def _memory(called: str, value: object) -> str:
    amount = _AMOUNT.fullmatch(str(value).strip())
    if not amount:
        raise ArgumentError(
            f'{called}: {value!r} is not an amount of memory. Give one such as "4GB", "500MB", or '
            '"50%" of the machine.'
        )
    number, unit = float(amount[1]), amount[2].upper()
    return _share(called, value, number) if unit == "%" else _bytes(called, value, number, unit)


def _share(called: str, value: object, number: float) -> str:
    if not 0 < number <= 100:
        raise ArgumentError(f"{called}: {value!r} is not between 0 % and 100 % of the machine.")
    return f"{number}%"


def _bytes(called: str, value: object, number: float, unit: str) -> str:
    power = "KMGT".index(unit[0]) + 1
    base, step = (1024, 1024 ** (power - 1)) if "I" in unit else (1000, 1)
    # Rounded up, as DuckDB cuts off what it shows: "11.7 GiB" given again stays what it is.
    count = math.ceil(number * base**power / step) * step
    if count < SMALLEST:
        raise ArgumentError(
            f'{called}: {value!r} is too little to work with. Give at least "100MB"; what does not '
            "fit is kept on the disk meanwhile."
        )
    return f"{count}B"


def _threads(called: str, value: object) -> int:
    require_number(called, value, is_whole=True)
    number = int(str(value))
    if not 1 <= number <= MOST_THREADS:
        raise ArgumentError(f"{called}: {number} is not between 1 and {MOST_THREADS}.")
    return number


def _folder(called: str, value: object) -> Path:
    folder = at_home(str(value)).absolute()
    if not folder.is_dir():
        raise ArgumentError(
            f"{called}: there is no folder {str(value)!r}. Make it first, on a disk with room for "
            "what does not fit into memory."
        )
    return folder
