"""What goes on one slide, whatever its kind: words, and how the content is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from retention.export.box import Box


@dataclass(frozen=True)
class Page:
    """One slide's content; `draw(slide, box)` puts it there and returns the python-pptx shape.

    `caption` stands above the content, `remarks` go into the notes. `heading` is the content's own
    title, by which it is known again next month; `roles` are the parts that its series play.
    """

    key: str
    draw: Callable[[Any, Box], Any]
    caption: str = ""
    footer: str = ""
    call: str = ""
    as_of: str | None = None
    alt_text: str = ""
    remarks: tuple[str, ...] = ()
    heading: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
