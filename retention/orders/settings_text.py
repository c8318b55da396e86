"""A `retention.toml` as text: where the orders lie, and how to read them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retention.files import at_home

PATHS = ("touches", "template")


def settings_text(source: str | Path | Sequence[str | Path], options: Mapping[str, Any]) -> str:
    """TOML that `read_settings` reads back to the same; paths are absolute, so the file may be moved."""
    options = {name: absolute(value) if name in PATHS else value for name, value in options.items()}
    lines = [f"source = {_toml(_absolute(source))}"]
    tables = {name: value for name, value in options.items() if isinstance(value, Mapping)}
    lines += [f"{name} = {_toml(value)}" for name, value in options.items() if name not in tables]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{_toml(str(key))} = {_toml(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


def absolute(path: str | Path) -> str:
    """The path from the root of the disk on, without steps up and down; links stay links."""
    return os.path.normpath(at_home(path).absolute())


def _absolute(source: str | Path | Sequence[str | Path]) -> str | list[str]:
    if isinstance(source, (str, Path)):
        return absolute(source)
    return [absolute(path) for path in source]


def _toml(value: object) -> str:
    """JSON's text, numbers and lists are TOML's, too."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # JSON leaves the control character DEL as it is, TOML does not take it.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
