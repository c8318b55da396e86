"""Which contents a deck was written with, so that one which somebody removed stays out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from retention.export.mark import mark

# The list stands among the keywords of the file, which all programs keep.
_WORD = "retention-"


def read_slots(presentation: Any) -> set[str]:
    """Marks of the slots that a deck was written with.

    Examples
    --------
    >>> from pptx import Presentation
    >>> deck = Presentation()
    >>> note_slots(deck, ["rfm/bar/1"])
    >>> read_slots(deck) == {mark("rfm/bar/1")}
    True
    """
    words = (presentation.core_properties.keywords or "").replace(",", " ").replace(";", " ")
    return {word.removeprefix(_WORD) for word in words.split() if word.startswith(_WORD)}


def note_slots(presentation: Any, slots: Iterable[str]) -> None:
    """Add slots to those that a deck was written with, in place; other keywords stay.

    Examples
    --------
    >>> from pptx import Presentation
    >>> deck = Presentation()
    >>> deck.core_properties.keywords = "board, May"
    >>> note_slots(deck, ["rfm/bar/1"])
    >>> deck.core_properties.keywords.startswith("board, May")
    True
    """
    known = read_slots(presentation)
    words = [f"{_WORD}{mark(slot)}" for slot in slots if mark(slot) not in known]
    properties = presentation.core_properties
    properties.keywords = " ".join([properties.keywords or "", *words]).strip()
