"""Write a `retention.toml`: the reading of a source, so that every notebook repeats it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retention.files import atomic_path


def write_settings(path: Path, *, source: Path, options: Mapping[str, Any]) -> Path:
    """Write source and options; the source's path is absolute, so that the file may be moved."""
    lines = [f"source = {_toml(str(source.absolute()))}"]
    tables = {name: value for name, value in options.items() if isinstance(value, Mapping)}
    lines += [f"{name} = {_toml(value)}" for name, value in options.items() if name not in tables]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{_toml(str(key))} = {_toml(value)}" for key, value in table.items()]
    with atomic_path(path) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _toml(value: object) -> str:
    """JSON's text, numbers and lists are TOML's, too."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    # JSON leaves the control character DEL as it is, TOML does not take it.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
