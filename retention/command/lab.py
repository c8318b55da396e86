"""`retention lab`: JupyterLab on a folder of notebooks."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from retention.command.app import app, examples
from retention.command.quoted import quoted
from retention.errors import ArgumentError

# Of itself JupyterLab asks the network for news and for newer versions.
OFFLINE = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    epilog=examples("retention lab work", "retention lab work --no-browser --port=9999"),
)
def lab(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder made by `retention init`.")
    ],
) -> None:
    """Open JupyterLab there; further arguments go to JupyterLab, whose exit status is returned."""
    if not folder.is_dir():
        raise ArgumentError(
            f"{folder}: there is no such folder. Make one: retention init {quoted(folder)}"
        )
    if importlib.util.find_spec("jupyterlab") is None:
        raise ArgumentError("lab: JupyterLab is not installed. Run: pip install jupyterlab")
    words = [sys.executable, "-m", "jupyterlab", *OFFLINE, *_as_root(), *context.args]
    raise typer.Exit(_run(words, folder))


def _run(words: list[str], folder: Path) -> int:
    """Control-C is JupyterLab's to answer: it asks back, and ends its kernels before itself."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(words, cwd=folder).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def _as_root() -> list[str]:
    """JupyterLab refuses to run as root unless it is told that this is meant."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--allow-root"] if is_root else []
