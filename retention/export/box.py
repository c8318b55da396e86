"""A rectangle on a slide, in EMU as PowerPoint counts (914,400 to the inch)."""

from __future__ import annotations

from typing import Any, NamedTuple

INCH = 914_400
POINT = 12_700


class Box(NamedTuple):
    """Left, top, width and height of a rectangle."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    @property
    def right(self) -> int:
        """The right edge."""
        return self.left + self.width

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width / POINT, self.height / POINT

    def meets(self, other: Box) -> bool:
        """Whether two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def is_within(self, other: Box) -> bool:
        """Whether the rectangle lies wholly in another one."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def inset(self, *, left: int = 0, right: int = 0, bottom: int = 0) -> Box:
        """The same rectangle with margins taken off."""
        return Box(
            self.left + left,
            self.top,
            self.width - left - right,
            self.height - bottom,
        )


def inches(left: float, top: float, width: float, height: float) -> Box:
    """A box from inches.

    Examples
    --------
    >>> inches(1, 0, 2, 1).right == 3 * INCH
    True
    """
    return Box(*(round(value * INCH) for value in (left, top, width, height)))


def box_of(shape: Any) -> Box | None:
    """Where a shape of python-pptx lies; nowhere, where a placeholder takes its place from a layout."""
    values = (shape.left, shape.top, shape.width, shape.height)
    return None if any(value is None for value in values) else Box(*values)
