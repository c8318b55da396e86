"""What goes on one slide, whatever its kind: words, and how the content is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from retention.export.box import Box


@dataclass(frozen=True)
class Page:
    """One slide's content; `draw(slide, box)` puts it there and returns the python-pptx shape.

    `caption` stands above the content, `remarks` go into the notes.
    """

    key: str
    draw: Callable[[Any, Box], Any]
    caption: str = ""
    footer: str = ""
    call: str = ""
    as_of: str | None = None
    alt_text: str = ""
    remarks: tuple[str, ...] = ()
