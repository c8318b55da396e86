"""Lines for people to copy."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path


def quoted(path: Path) -> str:
    """A path as one word of a line that can be copied into a shell of this system."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))
