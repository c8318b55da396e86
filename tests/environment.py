"""Environments of their own, made as dev.py makes the project's: also where ensurepip is missing."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What of this process would lead another Python back to the checkout, to its screen, or to compile
# the same modules each time.
OURS = ("PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME", "MPLBACKEND", "PYTHONDONTWRITEBYTECODE")


def new_environment(folder: Path) -> Path:
    """The folder of the programs of a new, empty environment in `folder`."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    programs = folder / dev.PYTHON.relative_to(dev.ENV).parent
    dev.ENV, dev.PYTHON = folder, programs / dev.PYTHON.name
    dev.create_environment()
    return programs


def run(*words: object, cwd: Path, **variables: str) -> str:
    """What a program of another environment prints; what it complains of where it fails.

    Raises
    ------
    RuntimeError
        If its exit status is not 0.
    """
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=kept | variables, capture_output=True, text=True
    )
    if done.returncode:
        said = (done.stdout + done.stderr)[-4000:]
        raise RuntimeError(f"{' '.join(map(str, words))}: exit status {done.returncode}\n{said}")
    return done.stdout
