"""A quiet run: nothing but what was asked for."""

from __future__ import annotations

import os


def be_quiet() -> None:
    """No progress bar here, nor in the kernels of notebooks."""
    os.environ["TQDM_DISABLE"] = "1"
