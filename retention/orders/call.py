"""The call that repeats a reading: as keyword arguments, as Python, and as a `retention.toml`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from retention.errors import ArgumentError
from retention.files import atomic_path
from retention.hidden_ids import shown_ids
from retention.orders.choices import Choices
from retention.orders.settings_file import read_settings
from retention.orders.settings_text import absolute, settings_text

WIDTH = 96


class Call(dict[str, Any]):
    """Keyword arguments of `read_orders`, shown as the call that they make.

    Parameters
    ----------
    options : mapping
        Option of `read_orders` to its value.
    source : path, list of paths, DataFrame or table
        What was read; kept for `repr`, `toml` and `write`, no part of the keyword arguments.
    choices : Choices
        What else was chosen (language, margin, thresholds, ...); in `toml` and `write` only, too.

    Notes
    -----
    The trap: the call repeats the reading of the same file; a newer export has other last orders, so
    leave `as_of` out for it: `orders.settings().undated()`.

    Examples
    --------
    >>> call = Call({"as_of": "2024-02-29", "attributes": ("tỉnh",)}, source="orders.csv")
    >>> call
    read_orders(
        "orders.csv",
        as_of="2024-02-29",
        attributes=["tỉnh"],
    )
    >>> dict(call)
    {'as_of': '2024-02-29', 'attributes': ('tỉnh',)}
    """

    def __init__(
        self, options: Mapping[str, Any], *, source: object, choices: Choices | None = None
    ) -> None:
        super().__init__(options)
        self.source = source
        self.choices = choices or Choices()

    def __repr__(self) -> str:
        shown = _without_ids(self)
        given = [f"{name}={_python(value, len(name) + 6)}" for name, value in shown.items()]
        arguments = [_python_source(self.source), *given]
        return "read_orders(\n" + "".join(f"    {argument},\n" for argument in arguments) + ")"

    def undated(self) -> Call:
        """The same without the last day: the call for next month's export of the same columns."""
        options = {name: value for name, value in self.items() if name != "as_of"}
        return Call(options, source=self.source, choices=self.choices)

    def toml(self) -> str:
        """The text of a `retention.toml`, with absolute paths.

        Raises
        ------
        ArgumentError
            If the orders or people did not come from files.
        """
        return self._toml(self.choices, _without_ids(self))

    def _toml(self, choices: Choices, given: Mapping[str, Any]) -> str:
        options = {name: _plain(value) for name, value in given.items()}
        if "people" in options:
            options["people"] = absolute(_path("people", options["people"]))
        return settings_text(_paths(self.source), options | choices.given())

    def write(self, path: str | Path) -> Path:
        """Write a `retention.toml` for `read_orders(path)`, whole or not at all.

        What a `retention.toml` that is there already says of language, margin, thresholds and the
        like stays, unless this call says otherwise.

        Raises
        ------
        ArgumentError
            If the orders or people did not come from files.
        OrdersError
            If the file that is there already cannot be read as settings.
        ExportError
            If the file cannot be written.
        """
        before = read_settings(Path(path)).choices if Path(path).exists() else Choices()
        content = self._toml(before.but(**self.choices.given()), self)
        with atomic_path(path) as temporary:
            temporary.write_text(content, encoding="utf-8")
        return Path(path)


def _without_ids(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as they are shown: in a report that hides ids, those given are marked, too."""
    ids = options.get("placeholder_ids", "auto")
    return dict(options) if ids == "auto" else {**options, "placeholder_ids": shown_ids(ids)}


def _python_source(source: object) -> str:
    if isinstance(source, (str, Path)) or _is_paths(source):
        return _python(source, 0)
    return "frame" if isinstance(source, pd.DataFrame) else "table"


def _python(value: object, column: int) -> str:
    """A literal in double quotes; one item a line where a table does not fit on one."""
    if isinstance(value, Mapping):
        items = [f"{_python(key, 0)}: {_python(item, 0)}" for key, item in value.items()]
        short = "{" + ", ".join(items) + "}"
        if column + len(short) <= WIDTH:
            return short
        return "{\n" + "".join(f"        {item},\n" for item in items) + "    }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_python(item, 0) for item in value) + "]"
    if isinstance(value, Path):
        return _python(str(value), column)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if value.isprintable() else repr(value)
    return "people" if isinstance(value, pd.DataFrame) else repr(value)


def _paths(source: object) -> Any:
    if _is_paths(source):
        return source
    return _path("source", source)


def _path(name: str, value: object) -> str | Path:
    if isinstance(value, (str, Path)):
        return value
    what = "source" if name == "source" else "table of people"
    raise ArgumentError(
        f"settings: the {what} is a {type(value).__name__}, and a retention.toml can only name a "
        'file. Save it, as with frame.to_parquet("orders.parquet"), and read that; or copy the call '
        "that print(orders.settings()) shows."
    )


def _is_paths(source: object) -> bool:
    return (
        isinstance(source, Sequence)
        and not isinstance(source, str)
        and len(source) > 0
        and all(isinstance(path, (str, Path)) for path in source)
    )


def _plain(value: object) -> object:
    return value.isoformat()[:10] if isinstance(value, date) else value
