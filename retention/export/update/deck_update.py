"""Put new numbers into a deck that was saved before and edited since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from retention.errors import ArgumentError
from retention.export.box import Box
from retention.export.entry import Entry
from retention.export.layout import choose_frame
from retention.export.stamp import PREFIX
from retention.export.template import open_presentation, open_template
from retention.export.update.known_slots import note_slots
from retention.export.update.matches import match_entries
from retention.export.update.newcomers import add_contents, add_pages
from retention.export.update.refresh import refresh_shape
from retention.export.update.report import Report
from retention.export.update.stamped import Spot, Stamped, find_stamped
from retention.files import at_home, atomic_path


def update_deck(entries: Mapping[str, Entry], path: Path, target: Path) -> pd.DataFrame:
    """Refresh what is of ours in a deck, add what is new, and write it.

    Parameters
    ----------
    entries
        Slot -> content of the new numbers.
    path
        The deck as somebody left it.
    target
        Where it is written; may be the same.

    Returns
    -------
    DataFrame
        One row per slide: slide, title, action, remark.

    Raises
    ------
    ArgumentError
        It is no deck of ours.
    ExportError
        It cannot be written; an older file is then as it was.

    Notes
    -----
    The trap: everything is done in memory first; the file is touched last, and whole.
    """
    path = at_home(path)
    presentation = open_presentation(path, name="path")
    old = found_shapes(presentation, path)
    matches = match_entries(entries, old)
    fresh = _drawn_again(entries, matches, path, old)
    report = Report()
    for one in old:
        if one.spot in fresh:
            report.note(one, refresh_shape(one, fresh[one.spot]))
    grown = {
        matches[slot]: entries[slot] for slot in matches if _has_grown(matches[slot], old, fresh)
    }
    new = {slot: entry for slot, entry in entries.items() if slot not in matches}
    pages = add_pages(presentation, grown, old)
    contents, removed = add_contents(presentation, new, old)
    for slide in (*pages, *contents):
        report.add(slide)
    frame = report.frame(presentation, removed)
    note_slots(presentation, [one.stamp.slot for one in find_stamped(presentation)])
    presentation.core_properties.last_modified_by = "retention"
    presentation.core_properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with atomic_path(target) as temporary:
        presentation.save(temporary)
    return frame


def found_shapes(presentation: Any, path: Path) -> list[Stamped]:
    """The shapes of ours; a deck without any is refused.

    Raises
    ------
    ArgumentError
        If there are none, or they have lost what they are known by.
    """
    old = find_stamped(presentation)
    if old:
        return old
    slides = len(presentation.slides)
    names = [shape.name for slide in presentation.slides for shape in slide.shapes]
    if any(name.startswith(PREFIX) for name in names):
        raise ArgumentError(
            f"path: the shapes on the {slides} slides of {path.name!r} have lost the alternative "
            "texts by which they are known; LibreOffice drops them when it saves. Update the deck as "
            "PowerPoint or Deck.save wrote it."
        )
    raise ArgumentError(
        f"path: nothing on the {slides} slides of {path.name!r} was made by this package, so there "
        "is nothing to update. Pass a deck that Deck.save wrote."
    )


def _drawn_again(
    entries: Mapping[str, Entry], matches: Mapping[str, str], path: Path, old: Sequence[Stamped]
) -> dict[Spot, Stamped]:
    """What the old slots would look like today, on slides that are thrown away."""
    scratch = open_template(path)
    frame = choose_frame(scratch)
    moved = _boxes(old)
    for slot, place in matches.items():
        entries[slot].make(scratch, frame, place, moved.get(place, {}))
    return {one.spot: one for one in find_stamped(scratch)}


def _boxes(old: Sequence[Stamped]) -> dict[str, dict[int, dict[str, Box]]]:
    """Slot -> page -> part -> box of the charts and images where they stand now."""
    boxes: dict[str, dict[int, dict[str, Box]]] = defaultdict(lambda: defaultdict(dict))
    for one in old:
        slot, page, part = one.spot
        shape = one.shape
        is_drawn = getattr(shape, "has_chart", False) or hasattr(shape, "image")
        if one.is_content and is_drawn and shape.width and shape.height:
            boxes[slot][page][part] = Box(shape.left, shape.top, shape.width, shape.height)
    return boxes


def _has_grown(slot: str, old: Sequence[Stamped], fresh: Mapping[Spot, Stamped]) -> bool:
    before = max(one.stamp.pages for one in old if one.stamp.slot == slot)
    return any(page > before for place, page, _ in fresh if place == slot)
