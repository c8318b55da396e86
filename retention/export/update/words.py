"""New words in a text box of ours, unless somebody edited it."""

from __future__ import annotations

import copy
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

from retention.export.mark import mark
from retention.export.shape_looks import text_size
from retention.export.stamp import Stamp


def refresh_words(shape: Any, fresh: Any, stamp: Stamp) -> bool:
    """Write the fresh words with the formatting that is there, in place.

    Parameters
    ----------
    shape
        The python-pptx shape with text.
    fresh
        The same part as it would be drawn today.
    stamp
        What the shape's stamp says of the words as written.

    Returns
    -------
    bool
        Whether they were written; False for words that somebody edited, which stay.

    Notes
    -----
    The trap: a size that nobody changed is fitted anew; one that was changed stays and may be too large.
    """
    frame = shape.text_frame
    if stamp.words and mark(frame.text) != stamp.words:
        return False
    if frame.text == fresh.text_frame.text:
        return True
    is_resized = text_size(frame) not in (None, stamp.looks.get("size"))
    _write(frame, fresh.text_frame.text)
    size = text_size(fresh.text_frame)
    if size is not None and not is_resized:
        for paragraph in frame.paragraphs:
            for font in (paragraph.font, *(run.font for run in paragraph.runs)):
                font.size = Pt(size)
    return True


def _write(frame: Any, words: str) -> None:
    """Paragraph for paragraph, each formatted like the one that stood there, or the last one."""
    body = frame._txBody
    models = [copy.deepcopy(paragraph) for paragraph in body.findall(qn("a:p"))]
    for paragraph in body.findall(qn("a:p")):
        body.remove(paragraph)
    for place, line in enumerate(words.split("\n")):
        body.append(copy.deepcopy(models[min(place, len(models) - 1)]))
        _fill(frame.paragraphs[-1], line)


def _fill(paragraph: Any, line: str) -> None:
    """The line in the first run; what else stood in the paragraph is gone."""
    kept = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
    for child in list(paragraph._p):
        if child.tag not in (qn("a:pPr"), qn("a:endParaRPr")) and child is not kept._r:
            paragraph._p.remove(child)
    kept.text = line
