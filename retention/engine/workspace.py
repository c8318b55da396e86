"""The temporary folder of the process: the private DuckDB lies in it, and files being unpacked."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from pathlib import Path


@functools.cache
def temporary_folder() -> Path:
    """A folder of the process's own, gone at exit."""
    folder = Path(tempfile.mkdtemp(prefix="retention-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
