"""The call that makes a table again, kept in its `attrs` for slide notes and workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import pandas as pd

P = ParamSpec("P")
R = TypeVar("R")
PLAIN = (str, bool, int, float, type(None))


def repeatable(function: Callable[P, R]) -> Callable[P, R]:
    """The function, whose tables say in `attrs["call"]` how they were asked for.

    It is written from the arguments themselves, so that no option of a function can be forgotten.

    Examples
    --------
    >>> @repeatable
    ... def first_rows(orders, *, rows=5, by=None):
    ...     return orders.head(rows)
    >>> first_rows(pd.DataFrame(), rows=2).attrs["call"]
    'first_rows(orders, rows=2)'
    """

    @wraps(function)
    def with_call(*args: P.args, **kwargs: P.kwargs) -> R:
        table = function(*args, **kwargs)
        if isinstance(table, pd.DataFrame):
            given = signature(function).bind(*args, **kwargs).arguments
            table.attrs["call"] = call_text(function, given)
        return table

    return with_call


def call_text(function: Callable[..., Any], given: Mapping[str, Any]) -> str:
    """The call in Python; what is as by default is left out, and tables and fits have plain names.

    Examples
    --------
    >>> call_text(sorted, {"iterable": pd.Series([1]), "key": None, "reverse": True})
    'sorted(iterable, reverse=True)'
    """
    return f"{function.__name__}({', '.join(_arguments(function, given))})"


def _arguments(function: Callable[..., Any], given: Mapping[str, Any]) -> Iterator[str]:
    for name, parameter in signature(function).parameters.items():
        if name not in given:
            continue
        written, default = _written(name, given[name]), parameter.default
        is_needed = default is Parameter.empty
        if is_needed and parameter.kind is not Parameter.KEYWORD_ONLY:
            yield written
        elif is_needed or written != _written(name, default):
            yield f"{name}={written}"


def _written(name: str, value: Any) -> str:
    """A value as it is written in Python, or the name of what is too large for that."""
    if _is_cohorts(value):
        return str(value.attrs["call"])
    if isinstance(value, (date, np.datetime64)):
        return repr(f"{pd.Timestamp(value):%Y-%m-%d}")
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, Mapping):
        pairs = (f"{key!r}: {_written(name, each)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, (list, tuple, range, np.ndarray, pd.Index)):
        return f"[{', '.join(_written(name, each) for each in value)}]"
    if isinstance(value, Path):
        return repr(str(value))
    return repr(value) if isinstance(value, PLAIN) else name


def _is_cohorts(value: Any) -> bool:
    """A table of cohorts is mostly made for one more table; its call says more than a name."""
    is_table = isinstance(value, pd.DataFrame)
    return (
        is_table and value.attrs.get("definition") == "cohort_retention" and "call" in value.attrs
    )
