"""One shape of ours with its new numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from retention.export.mark import mark
from retention.export.stamp import stamp_shape
from retention.export.update.chart import refresh_chart
from retention.export.update.image import refresh_image
from retention.export.update.notes import refresh_notes
from retention.export.update.stamped import Stamped
from retention.export.update.table import refresh_table
from retention.export.update.words import refresh_words
from retention.texts import text


def refresh_shape(old: Stamped, fresh: Stamped) -> list[str]:
    """Give a shape its new numbers or words, in place, and the notes of its slide theirs.

    Parameters
    ----------
    old
        The shape as somebody left it.
    fresh
        The same one as it would be drawn today.

    Returns
    -------
    list of str
        What to tell: edits that were kept although they may not fit the numbers any more.

    Notes
    -----
    The trap: what somebody turned into something else (a chart into an image) is left alone.
    """
    shape, drawn, stamp = old.shape, fresh.shape, old.stamp
    looks = dict(fresh.stamp.looks)
    remarks: list[str] = []
    if _both(old, fresh, "has_chart"):
        remarks, looks = refresh_chart(shape, drawn, stamp, looks.get("roles", {}))
    elif _both(old, fresh, "has_table"):
        remarks = refresh_table(shape, drawn, stamp)
    elif hasattr(shape, "image") and hasattr(drawn, "image"):
        refresh_image(shape, drawn)
    elif _both(old, fresh, "has_text_frame"):
        if stamp.words and not refresh_words(shape, drawn, stamp):
            remarks = [text("your {part} was kept", part=text(stamp.part))]
    elif old.is_content:
        return [
            text("somebody made something else of the {part}: left alone", part=text(stamp.part))
        ]
    if stamp.part == "content" and not refresh_notes(old.slide, fresh.slide, stamp):
        remarks.append(text("your notes were kept"))
    _stamp_again(old, fresh, looks)
    return remarks


def _both(old: Stamped, fresh: Stamped, question: str) -> bool:
    return bool(getattr(old.shape, question, False) and getattr(fresh.shape, question, False))


def _stamp_again(old: Stamped, fresh: Stamped, looks: dict[str, Any]) -> None:
    """The stamp of today, with the words for a screen reader that somebody wrote, if any."""
    is_ours = mark(old.alt_text) == old.stamp.alt or not old.alt_text
    name = old.shape.name
    words = fresh.alt_text if is_ours else old.alt_text
    stamp = replace(fresh.stamp, looks=looks, deck=old.stamp.deck)
    stamp_shape(old.shape, stamp, alt_text=words)
    old.shape.name = name
