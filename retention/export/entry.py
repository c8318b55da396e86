"""One content of a deck: by what it is known again next month, and how its slides are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retention.errors import ArgumentError
from retention.export.content import content_kind, content_pages
from retention.export.finding import titled
from retention.export.font_widths import lettered
from retention.export.layout import Frame, arrange
from retention.export.page import Page
from retention.export.slide import Boxes, Place, Words, add_slide

# Slide of the content, from 1 -> boxes that somebody moved.
Moved = Mapping[int, Boxes]
# presentation, frame, slot, moved boxes
Maker = Callable[[Any, Frame, str, Moved], None]
# Keys of contents that say nothing of what they show: only their heading does.
VAGUE = ("table", "image", "number")
ENDS = (".", "!", "?", ";", ":", ",", "…", "·", "|", "–", "-")


@dataclass(frozen=True)
class Entry:
    """A content; `family` is its function and kind, `name` one that the user gave it."""

    family: str
    heading: str
    call: str
    name: str
    make: Maker


def content_entry(contents: Sequence[Any], words: Words, *, name: str, frame: Frame) -> Entry:
    """The entry of contents that stand side by side on a slide.

    Parameters
    ----------
    contents
        One content, or several.
    words
        What is written around them.
    name
        The user's name for it, or empty.
    frame
        Layout and boxes of the deck that it is made for.

    Returns
    -------
    Entry
        Its `make` adds the slides to any presentation.

    Raises
    ------
    ArgumentError
        A content is of another kind or empty, or one of several needs more than one slide.

    Notes
    -----
    The trap: what a table shows is settled by the room it has, so it is settled anew on each deck.
    """
    with lettered(frame.font):
        pages = [found[0] for found in _pages(contents, words, frame)]
    words = titled(words, contents)

    def make(presentation: Any, frame: Frame, slot: str, moved: Moved) -> None:
        with lettered(frame.font):
            draw(presentation, frame, slot, moved)

    def draw(presentation: Any, frame: Frame, slot: str, moved: Moved) -> None:
        every = list(zip(*_pages(contents, words, frame), strict=True))
        for number, group in enumerate(every, start=1):
            ending = "" if len(every) == 1 else f" ({number}/{len(every)})"
            own = replace(words, title=words.title + ending, footer=_footer(words, group))
            place, boxes = Place(slot, number, len(every)), moved.get(number)
            add_slide(presentation, frame, group, words=own, place=place, boxes=boxes)

    return Entry(
        family="+".join(f"{p.key}/{content_kind(c)}" for p, c in zip(pages, contents, strict=True)),
        heading="; ".join(page.heading for page in pages),
        call="; ".join(page.call for page in pages),
        name=name,
        make=make,
    )


def _pages(contents: Sequence[Any], words: Words, frame: Frame) -> list[list[Page]]:
    has_takeaway = bool(words.takeaway.strip())
    places = arrange(frame.body, has_takeaway=has_takeaway, contents=len(contents))
    found = [content_pages(content, places.contents[0].points) for content in contents]
    many = [pages[0].key for pages in found if len(pages) > 1]
    if len(contents) > 1 and many:
        raise ArgumentError(
            f"contents: {len(many)} of {len(contents)} ({many[0]!r}) need more than one slide. "
            "Add it alone, or filter its rows first."
        )
    return found


def _footer(words: Words, pages: Sequence[Page]) -> str:
    """The deck's own words, then the given footer, or each that the contents have, once."""
    own = dict.fromkeys(page.footer for page in pages if page.footer)
    said = words.footer or " ".join(own)
    house = words.house.rstrip()
    # The deck's own words may end without a point, and are no part of the next sentence.
    mark = "" if house.endswith(ENDS) or not (house and said) else " ·"
    return " ".join(part for part in (house + mark, said) if part)
