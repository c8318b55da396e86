"""The shapes of ours in a deck, wherever they have been moved to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE_TYPE

from retention.export.stamp import STAMP, Stamp, read_stamp

Spot = tuple[str, int, str]


@dataclass(frozen=True)
class Stamped:
    """A shape of ours, its slide, and what its stamp says."""

    slide: Any
    shape: Any
    stamp: Stamp

    @property
    def spot(self) -> Spot:
        """Slot, page and part, which are the same in every copy of the shape."""
        return self.stamp.slot, self.stamp.page, self.stamp.part

    @property
    def alt_text(self) -> str:
        """What a screen reader says, without the stamp."""
        return STAMP.sub("", self.shape._element._nvXxPr.cNvPr.get("descr") or "").strip()

    @property
    def is_content(self) -> bool:
        """Whether it is a chart, table, image or number, no text around it."""
        return self.stamp.part.split(" ")[0] == "content"


def find_stamped(presentation: Any) -> list[Stamped]:
    """The shapes of ours on all slides, those inside groups too.

    Parameters
    ----------
    presentation
        A python-pptx presentation.

    Returns
    -------
    list of Stamped
        In the order of the slides.

    Notes
    -----
    The trap: a slide copied by hand has the same stamps as the one that it was copied from.
    """
    return [
        Stamped(slide, shape, stamp)
        for slide in presentation.slides
        for shape in _shapes(slide.shapes)
        if (stamp := read_stamp(shape)) is not None
    ]


def _shapes(shapes: Any) -> Iterator[Any]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _shapes(shape.shapes)
        else:
            yield shape
