"""One file or sheet, opened: its rows, and what else must be known to put parts together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retention.orders.sources.layout import Layout


@dataclass(frozen=True, eq=False)
class Part:
    """Rows that are not read yet, from `path`, or stored already; `label` is the value of `source_file`.

    `text` is the layout where the rows are those of a text file, read from `path` by the engine;
    `has_marks` tells whether its letters may be decomposed, `is_own` whether the file is a
    temporary copy.
    """

    rows: Any
    label: str
    path: Path | None = None
    text: Layout | None = None
    has_marks: bool = True
    is_own: bool = False
