"""A new image in the place of an old one of ours."""

from __future__ import annotations

import io
from typing import Any

from pptx.oxml.ns import qn


def refresh_image(shape: Any, fresh: Any) -> None:
    """Show the fresh image in the old one's box, its own proportions kept, in place.

    Parameters
    ----------
    shape
        The python-pptx picture.
    fresh
        The picture as it would be drawn today.

    Notes
    -----
    The trap: a crop that somebody made stays and may cut another part of the new image.
    """
    blip = shape._element.find(f".//{qn('a:blip')}")
    before = blip.get(qn("r:embed"))
    _, relation = shape.part.get_or_add_image_part(io.BytesIO(fresh.image.blob))
    blip.set(qn("r:embed"), relation)
    if relation != before:
        shape.part.drop_rel(before)
    width, height = shape.width, shape.height
    scale = min(width / fresh.width, height / fresh.height)
    shape.width, shape.height = round(fresh.width * scale), round(fresh.height * scale)
    shape.left += (width - shape.width) // 2
    shape.top += (height - shape.height) // 2
