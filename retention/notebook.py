"""The package as notebooks use it: the same names, but a refusal does not end the run.

    import retention.notebook as rt

Where the data do not allow an answer, a function shows the message of its error as a card and gives
back an `Unanswered`; what rests on that is unanswered, too, and everything else goes on. Sources that
cannot be read, files that cannot be written and errors that are not ours stop the run as ever. Outside
a notebook nothing is different from `import retention as rt`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from typing import Any

from IPython.core.getipython import get_ipython

import retention
from retention.errors import ArgumentError, FitError, OrdersError
from retention.unanswered import Unanswered

# About what the data allow. A file that cannot be written, or too little memory, is another matter.
REFUSALS = (OrdersError, ArgumentError, FitError)
# Whoever shows or writes something says what is missing there.
SHOWING = ("plot_", "write_", "styled")


def __getattr__(name: str) -> Any:
    if name not in retention.__all__:
        raise AttributeError(f"module 'retention.notebook' has no attribute {name!r}")
    if name == "Deck":
        return import_module("retention.unanswered_deck").Deck
    value = getattr(retention, name)
    return _going_on(value) if inspect.isfunction(value) else value


def __dir__() -> list[str]:
    return sorted(retention.__all__)


def _going_on(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with a card in place of a refusal."""

    @wraps(function)
    def asked(*words: Any, **options: Any) -> Any:
        bound = inspect.signature(function).bind(*words, **options)
        missing = _left_out(bound)
        if missing is not None:
            return missing.show() if function.__name__.startswith(SHOWING) else missing
        try:
            return function(*bound.args, **bound.kwargs)
        except REFUSALS as error:
            # What the notebook is about has to be read; without it there is nothing to go on with.
            if function.__name__.startswith("read_") or get_ipython() is None:
                raise
            return Unanswered(function.__name__, error).show()

    return asked


def _left_out(bound: inspect.BoundArguments) -> Unanswered | None:
    """Take out what is unanswered and may be missing; give back what may not."""
    for name, value in list(bound.arguments.items()):
        if isinstance(value, Mapping):
            value = bound.arguments[name] = _answered(value)
        if not isinstance(value, Unanswered):
            continue
        if bound.signature.parameters[name].default is not None:
            return value
        del bound.arguments[name]
    return None


def _answered(tables: Mapping[Any, Any]) -> Mapping[Any, Any] | Unanswered:
    """The tables that there are; the refusal of the last where there is none."""
    there = {name: one for name, one in tables.items() if not isinstance(one, Unanswered)}
    return there if there or not tables else next(reversed(list(tables.values())))
