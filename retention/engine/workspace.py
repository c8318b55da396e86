"""The temporary folder of the process: the private DuckDB lies in it, and files being unpacked."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from retention.leftovers import own_folder


def temporary_folder() -> Path:
    """A folder of the process's own, gone at exit."""
    return spill_folder(Path(tempfile.gettempdir()))


@functools.cache
def spill_folder(parent: Path) -> Path:
    """The process's own folder in `parent`, one however often it is asked for; gone at exit."""
    return own_folder(parent, "retention-")
