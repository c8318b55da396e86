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


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 3]}..."


def choose(name: str, value: object, options: Sequence[object]) -> None:
    """Refuse `value` unless it is one of `options`."""
    if value not in options:
        listed = ", ".join(repr(option) for option in options)
        raise ArgumentError(f"{name}: {value!r} is not one of {listed}.")


def require_number(name: str, value: object, *, is_whole: bool = False) -> None:
    """Refuse what is no number, or no whole one where one is needed."""
    kind = Integral if is_whole else Real
    if type(value) is bool or not isinstance(value, kind):
        raise ArgumentError(f"{name}: {value!r} is not a {'whole ' if is_whole else ''}number.")


def require_columns(table: str, present: Iterable[str], needed: Sequence[str], hint: str) -> None:
    """Refuse a table that lacks a column, by name, before any engine is asked."""
    found = list(present)
    missing = [name for name in needed if name not in found]
    if missing:
        raise ArgumentError(
            f"{table}: {len(missing)} of {len(needed)} needed columns are missing "
            f"({examples(missing)}); it has {examples(found)}"
            f"{' and more' if len(found) > 3 else ''}. {hint}"
        )
