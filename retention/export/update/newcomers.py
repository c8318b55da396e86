"""Slides that the new numbers need and the old deck does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retention.export.entry import Entry
from retention.export.layout import choose_frame
from retention.export.mark import mark
from retention.export.slide_list import drop_slide, place_slide
from retention.export.stamp import read_stamp
from retention.export.update.known_slots import read_slots
from retention.export.update.stamped import Stamped


def add_pages(presentation: Any, entries: Mapping[str, Entry], old: Sequence[Stamped]) -> list[Any]:
    """Add the slides by which contents have grown, each behind the last of its content.

    Parameters
    ----------
    presentation
        The old deck.
    entries
        Slot in the old deck -> its content, of those that have more slides than before.
    old
        The shapes of ours in it.

    Returns
    -------
    list of python-pptx slides
        Those added.

    Notes
    -----
    The trap: a slide that was there once and that somebody took out does not come back.
    """
    frame = choose_frame(presentation)
    added = []
    for slot, entry in entries.items():
        own = [one for one in old if one.stamp.slot == slot]
        last = max(own, key=lambda one: one.stamp.page).slide
        had = max(one.stamp.pages for one in own)
        for slide in _made(presentation, entry, frame, slot):
            if _page(slide) <= had:
                drop_slide(presentation, slide)
                continue
            place_slide(presentation, slide, after=last)
            added.append(slide)
            last = slide
    return added


def add_contents(
    presentation: Any, entries: Mapping[str, Entry], old: Sequence[Stamped]
) -> tuple[list[Any], list[str]]:
    """Add the slides of contents that are new, last.

    Parameters
    ----------
    presentation
        The old deck.
    entries
        Slot in the new deck -> content, of those that are not in the old one.
    old
        The shapes of ours in it.

    Returns
    -------
    tuple of list of slides and list of str
        Those added; and headings of contents that were there once and that somebody took out.

    Notes
    -----
    The trap: what somebody took out stays out for good; give it a name to bring it back.
    """
    frame = choose_frame(presentation)
    known, present = read_slots(old), {one.stamp.slot for one in old}
    added: list[Any] = []
    removed: list[str] = []
    for slot, entry in entries.items():
        own = _free_slot(slot, present)
        if any(mark(own).startswith(letters) for letters in known):
            removed.append(entry.heading or entry.family)
        else:
            slides = _made(presentation, entry, frame, own)
            for slide in slides:
                place_slide(presentation, slide, after=None)
            added += slides
        present.add(own)
    return added, removed


def _free_slot(slot: str, present: set[str]) -> str:
    """The first slot of the family that somebody took out, or else one that was never there."""
    if slot.startswith("="):
        return slot
    family = slot.rpartition("/")[0]
    number = 1
    while f"{family}/{number}" in present:
        number += 1
    return f"{family}/{number}"


def _made(presentation: Any, entry: Entry, frame: Any, slot: str) -> list[Any]:
    before = len(presentation.slides)
    entry.make(presentation, frame, slot, {})
    return list(presentation.slides)[before:]


def _page(slide: Any) -> int:
    return max((s.page for shape in slide.shapes if (s := read_stamp(shape))), default=0)
