"""The style sheet that ships with the package, never set globally."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.style

STYLE_SHEET = Path(__file__).with_name("retention.mplstyle")


@contextmanager
def style_sheet(more: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Our style sheet and `more` settings inside a `with` block; everything as it was afterwards."""
    is_interactive = matplotlib.is_interactive()
    try:
        with matplotlib.style.context([STYLE_SHEET, dict(more or {})], after_reset=True):
            try:
                yield
            finally:
                # Jupyter turns this on while the first figure is made. It is not ours to turn off
                # again: later charts would not be shown.
                is_interactive = matplotlib.is_interactive()
    finally:
        matplotlib.interactive(is_interactive)
