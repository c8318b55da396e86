"""Our paragraphs in the speaker's notes, between those of the speaker."""

from __future__ import annotations

import copy
from typing import Any

from pptx.oxml.ns import qn

from retention.export.mark import mark
from retention.export.stamp import Stamp


def refresh_notes(slide: Any, fresh: Any, stamp: Stamp) -> bool:
    """Replace our paragraphs in the notes of a slide, in place.

    Parameters
    ----------
    slide
        The python-pptx slide.
    fresh
        The same slide as it would be made today.
    stamp
        That of its content, with mark and number of our paragraphs.

    Returns
    -------
    bool
        Whether ours were found as written; False leaves the notes as they are.

    Notes
    -----
    The trap: what the speaker wrote before or after our paragraphs stays; ours with an edit inside
    are the speaker's, too, and keep last month's numbers.
    """
    words = fresh.notes_slide.notes_text_frame.text
    if stamp.notes is None or not slide.has_notes_slide:
        return False
    frame = slide.notes_slide.notes_text_frame
    if frame is None:
        return False
    wanted, count = stamp.notes
    body = frame._txBody
    paragraphs = body.findall(qn("a:p"))
    for start in range(len(paragraphs) - count + 1):
        ours = paragraphs[start : start + count]
        if mark("\n".join(map(_text, ours))) == wanted:
            _replace(body, ours, words.split("\n"))
            return True
    return False


def _replace(body: Any, ours: list[Any], lines: list[str]) -> None:
    model = copy.deepcopy(ours[0])
    place = body.index(ours[0])
    for paragraph in ours:
        body.remove(paragraph)
    for number, line in enumerate(lines):
        paragraph = copy.deepcopy(model)
        for child in list(paragraph):
            if child.tag != qn("a:pPr"):
                paragraph.remove(child)
        if line:
            paragraph.add_r(line)
        body.insert(place + number, paragraph)


def _text(paragraph: Any) -> str:
    return "".join(part.text or "" for part in paragraph.iter(qn("a:t")))
