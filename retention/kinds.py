"""What kind of thing an argument must be: a text, names, numbers, a mapping, a path."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from retention.errors import ArgumentError, require_number, shown


def require_text(name: str, value: object, *, hint: str = "") -> None:
    """Refuse what is no text."""
    if not isinstance(value, str):
        raise ArgumentError(f"{name}: {shown(value)} is no text. {hint}".rstrip())


def require_texts(**given: object) -> None:
    """Refuse what is neither a text nor None."""
    for name, value in given.items():
        if value is not None:
            require_text(name, value)


def require_flag(name: str, value: object) -> None:
    """Refuse what is neither True nor False: any text would be true."""
    if not isinstance(value, (bool, np.bool_)):
        raise ArgumentError(f"{name}: {shown(value)} is neither True nor False.")


def require_mapping(name: str, value: object, hint: str) -> None:
    """Refuse what leads from no name to anything."""
    if not isinstance(value, Mapping):
        raise ArgumentError(f"{name}: {shown(value)} is no mapping. {hint}")


def as_names(name: str, value: object) -> tuple[str, ...]:
    """One name or several as a tuple; none where there are none.

    Raises
    ------
    ArgumentError
        Where it is something else.

    Examples
    --------
    >>> as_names("by", "channel"), as_names("by", ["channel", "shop"]), as_names("by", None)
    (('channel',), ('channel', 'shop'), ())
    """
    listed = value.tolist() if isinstance(value, (np.ndarray, pd.Index)) else value
    names = (listed,) if isinstance(listed, str) else () if listed is None else listed
    if not isinstance(names, (list, tuple)) or not all(isinstance(each, str) for each in names):
        raise ArgumentError(f"{name}: {shown(value)} is neither a name nor a list of names.")
    return tuple(names)


def as_numbers(name: str, value: object, *, is_whole: bool = False) -> list[Any]:
    """A list of numbers, whichever way it was given.

    Raises
    ------
    ArgumentError
        Where it is no list, or one of them is no number.

    Examples
    --------
    >>> as_numbers("points", (0, 0.5))
    [0, 0.5]
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ArgumentError(f"{name}: {shown(value)} is no list. Write {name}=[...].")
    numbers = list(value)
    for each in numbers:
        require_number(name, each, is_whole=is_whole)
    return numbers


def as_seed(random_state: Any) -> int:
    """A seed that numpy takes: a whole number from 0 on.

    Raises
    ------
    ArgumentError
        Where it is something else.
    """
    require_number("random_state", random_state, is_whole=True)
    seed = int(random_state)
    if seed < 0:
        raise ArgumentError(f"random_state: {seed} is below 0. Give a whole number from 0 on.")
    return seed


def as_path(name: str, value: object) -> Path:
    """A path from text or from a path.

    Raises
    ------
    ArgumentError
        Where it is something else.
    """
    if not isinstance(value, (str, os.PathLike)):
        raise ArgumentError(f"{name}: {shown(value)} is no path. Give one as text or as a Path.")
    return Path(value)
