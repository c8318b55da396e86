"""A `retention.toml` as text: where the orders lie, and how to read them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retention.files import at_home
from retention.orders.toml_value import toml_value

PATHS = ("touches", "template")


def settings_text(source: str | Path | Sequence[str | Path], options: Mapping[str, Any]) -> str:
    """TOML that `read_settings` reads back to the same; paths are absolute, so the file may be moved."""
    options = {name: absolute(value) if name in PATHS else value for name, value in options.items()}
    lines = [f"source = {toml_value(_absolute(source))}"]
    tables = {name: value for name, value in options.items() if isinstance(value, Mapping)}
    lines += [
        f"{name} = {toml_value(value)}" for name, value in options.items() if name not in tables
    ]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{toml_value(str(key))} = {toml_value(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def absolute(path: str | Path) -> str:
    """The path from the root of the disk on, without steps up and down; links stay links."""
    return os.path.normpath(at_home(path).absolute())


def _absolute(source: str | Path | Sequence[str | Path]) -> str | list[str]:
    if isinstance(source, (str, Path)):
        return absolute(source)
    return [absolute(path) for path in source]
