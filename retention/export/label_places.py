"""Where labels can stand on a line chart without hiding a line or each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from retention.export.fit import LINE_HEIGHT, text_width

Side = Literal[
    "right", "above", "below", "left", "upper right", "lower right", "upper left", "lower left",
    "far right", "far left", "far upper left", "far lower right",
]  # fmt: skip
# Points further out than beside the point, and lines of text above its own height.
SHIFTS: dict[Side, tuple[float, float]] = {
    "upper right": (0.0, 0.7),
    "lower right": (0.0, -0.7),
    "upper left": (0.0, 0.7),
    "lower left": (0.0, -0.7),
    # Beyond the limits of an interval.
    "far right": (14.0, 0.0),
    "far left": (14.0, 0.0),
    "far upper left": (6.0, 1.6),
    "far lower right": (6.0, -1.6),
}
_GAP = 5.0
# Points from one place on a line to the next at which is looked whether a label lies on it.
_STEP = 3.0


class Point(NamedTuple):
    """A place on the plot, in points from its lower left corner."""

    x: float
    y: float


class Rectangle(NamedTuple):
    """The area of a label, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Rectangle) -> bool:
        """Whether two areas overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def holds(self, point: Point) -> bool:
        """Whether a point lies inside."""
        return self.left < point.x < self.right and self.bottom < point.y < self.top


def label_area(point: Point, text: str, *, size: float, side: Side) -> Rectangle:
    """The area of a label beside a point.

    Parameters
    ----------
    point
        What the label names.
    text
        Its words, one line.
    size
        Font size in points.
    side
        Where it stands.

    Returns
    -------
    Rectangle
        The area in points.

    Notes
    -----
    The trap: programs differ by a few points in where they put a label; the gap allows for it.

    Examples
    --------
    >>> label_area(Point(0, 0), "here", size=10, side="right").left
    5.0
    """
    width, height = text_width(text, size=size), size * LINE_HEIGHT
    out, lines = SHIFTS.get(side, (0.0, 0.0))
    left = point.x - width / 2
    if side.endswith("right"):
        left = point.x + _GAP + out
    elif side.endswith("left"):
        left = point.x - _GAP - out - width
    up = {"above": height / 2 + _GAP, "below": -height / 2 - _GAP}.get(side, lines * height)
    bottom = point.y - height / 2 + up
    return Rectangle(left, bottom, left + width, bottom + height)


def free_side(
    areas: dict[Side, Rectangle],
    *,
    taken: Sequence[Rectangle],
    lines: Sequence[Sequence[Point]],
    bounds: Rectangle,
) -> Side | None:
    """The first side on which a label is inside the chart and clear of labels and lines.

    Parameters
    ----------
    areas
        Area of the label for each side, best first.
    taken
        Areas of labels already placed.
    lines
        Lines that must stay visible.
    bounds
        Where labels may stand.

    Returns
    -------
    str or None
        The side; None where there is none.

    Notes
    -----
    The trap: None must be dealt with by the caller, by a legend or in the caption.

    Examples
    --------
    >>> area = label_area(Point(0, 0), "here", size=10, side="right")
    >>> free_side({"right": area}, taken=[area], lines=[], bounds=Rectangle(-99, -99, 99, 99))
    """
    dense = [point for line in lines for point in _dense(line)]
    for side, area in areas.items():
        inside = (
            area.left >= bounds.left
            and area.right <= bounds.right
            and area.bottom >= bounds.bottom
            and area.top <= bounds.top
        )
        is_clear = not any(area.meets(other) for other in taken)
        if inside and is_clear and not any(area.holds(point) for point in dense):
            return side
    return None


def _dense(line: Sequence[Point]) -> list[Point]:
    points = list(line[:1])
    for start, end in pairwise(line):
        pieces = max(math.ceil(math.dist(start, end) / _STEP), 1)
        for piece in range(1, pieces + 1):
            share = piece / pieces
            points.append(
                Point(start.x + share * (end.x - start.x), start.y + share * (end.y - start.y))
            )
    return points
