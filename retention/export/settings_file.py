"""Write a `retention.toml`: the reading of a source, so that every notebook repeats it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from retention.files import atomic_path
from retention.orders.settings_text import settings_text


def write_settings(
    path: Path, *, source: Path | Sequence[Path], options: Mapping[str, Any]
) -> Path:
    """Write source and options; the source's path is absolute, so that the file may be moved."""
    with atomic_path(path) as temporary:
        temporary.write_text(settings_text(source, options), encoding="utf-8")
    return path
