"""The names of bars, and whether they are so long that the bars must lie."""

from __future__ import annotations

from retention.charts.picture import Picture
from retention.export.box import Box
from retention.export.chart_parts import FONT
from retention.export.fit import text_width
from retention.files import neutralise

# Of a kind whose bars may lie without losing their sense, at most so many.
_LYING, _MOST_LYING = ("bar", "waterfall"), 12


def bar_names(picture: Picture, *, lies: bool) -> list[str]:
    """The categories with their notes, as a chart's sheet holds them.

    Examples
    --------
    >>> bar_names(Picture("bar", "k", "t", ("web",), (), category_notes=(("web", "of 40"),)), lies=True)
    ['web · of 40']
    """
    notes = dict(picture.category_notes)
    # Names beside lying bars stay on one line, or programs leave every other one out.
    gap = " · " if lies else "\n"
    return [
        neutralise(f"{category}{gap}{notes[category]}" if category in notes else str(category))
        for category in picture.categories
    ]


def has_long_names(picture: Picture, box: Box) -> bool:
    """Whether names have no room below upright bars, which then lie, whatever the picture says."""
    room = box.points[0] * 0.9 / len(picture.categories)
    few = len(picture.categories) <= _MOST_LYING and picture.kind in _LYING
    words = [word for category in picture.categories for word in str(category).split()]
    lines = [text_width(str(category), size=FONT) / room for category in picture.categories]
    longest = max([text_width(word, size=FONT) for word in words], default=0.0)
    return few and (longest > room or max(lines) > 3)
