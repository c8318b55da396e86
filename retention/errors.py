"""The errors of the package, and the template their messages follow.

A message says what is wrong with the count, up to three examples of what was found, how to see
them all, and how to go on.
"""

from __future__ import annotations

import linecache
import traceback
from collections.abc import Iterable, Sequence
from itertools import takewhile
from numbers import Integral, Real
from pathlib import Path
from textwrap import wrap
from types import TracebackType
from typing import Any

LONGEST = 60  # characters of an example in a message
PACKAGE = str(Path(__file__).parent)
WIDTH = 100  # characters of a line in a notebook


class RetentionError(Exception):
    """Anything this package refuses, on purpose and with advice."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows: the user's line and the message, not the way through our own files."""
        message = wrap(f"{type(self).__name__}: {self}", WIDTH, break_long_words=False)
        return [*_place(self.__traceback__), *message]


class OrdersError(RetentionError, ValueError):
    """The table of orders (or people, touches, costs) cannot be read as such."""


class ArgumentError(RetentionError, ValueError):
    """An argument is outside what the function takes."""


class FitError(RetentionError, RuntimeError):
    """A model could not be fitted to these customers."""


class ExportError(RetentionError, OSError):
    """A file could not be written; nothing was left half-written."""


class RoomError(RetentionError, MemoryError):
    """The engine has too little memory, or disk to spill to, for what was asked."""


def examples(values: Iterable[object], limit: int = 3) -> str:
    """Up to three values, quoted, for a message: never more, ids are personal data.

    Long ones are cut: a cell may hold a page.
    """
    shown = [repr(_short(str(value))) for value, _ in zip(values, range(limit), strict=False)]
    return ", ".join(shown) if shown else "none"


def _place(steps: TracebackType | None) -> list[str]:
    """The last line that is not ours on the way to the error: that of the cell."""
    way = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(steps)]
    outside = list(takewhile(lambda place: not place[0].startswith(PACKAGE), way))
    source = linecache.getline(*outside[-1]).strip() if outside else ""
    return [f"Line {outside[-1][1]}: {source}", ""] if source else []


def shown(value: object) -> str:
    """A value that was given, for a message; of what would fill a page, its kind."""
    if isinstance(value, str):
        return repr(_short(value))
    said = repr(value)
    is_short = len(said) <= LONGEST and "\n" not in said
    return said if is_short else f"a {type(value).__name__}"


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 3]}..."


def choose(name: str, value: object, options: Sequence[object]) -> None:
    """Refuse `value` unless it is one of `options`."""
    # A table compares itself cell by cell, so only what is of an option's kind is compared.
    if not any(isinstance(value, type(option)) and value == option for option in options):
        listed = ", ".join(repr(option) for option in options)
        raise ArgumentError(f"{name}: {shown(value)} is not one of {listed}.")


def require_number(name: str, value: object, *, is_whole: bool = False) -> None:
    """Refuse what is no number, or no whole one where one is needed."""
    kind = Integral if is_whole else Real
    if type(value) is bool or not isinstance(value, kind):
        raise ArgumentError(
            f"{name}: {shown(value)} is not a {'whole ' if is_whole else ''}number."
        )


def require_table(name: str, table: object, hint: str) -> None:
    """Refuse what is no DataFrame."""
    # Known by what it has: the help of the command comes without the second that pandas takes.
    if not hasattr(table, "columns") or not hasattr(table, "iloc"):
        kind = "None" if table is None else f"a {type(table).__name__}"
        raise ArgumentError(f"{name}: {kind} is no table. {hint}")


def require_columns(name: str, table: Any, needed: Sequence[str], hint: str) -> None:
    """Refuse what is no table or lacks a column, by name, before any engine is asked."""
    require_table(name, table, hint)
    found = list(table.columns)
    missing = [column for column in needed if column not in found]
    if missing:
        raise ArgumentError(
            f"{name}: {len(missing)} of {len(needed)} needed columns are missing "
            f"({examples(missing)}); it has {examples(found)}"
            f"{' and more' if len(found) > 3 else ''}. {hint}"
        )
