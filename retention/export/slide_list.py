"""The list of slides of a presentation: their order, and the sections they stand in."""

from __future__ import annotations

from typing import Any

_SECTION_SLIDE = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"


def drop_slide(presentation: Any, slide: Any) -> None:
    """Take a slide out, in place.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    slide
        One of its slides.

    Notes
    -----
    The trap: the files of the other slides get new names, so that the next one is never there twice.
    """
    listed = presentation.slides._sldIdLst
    identity = next(one for one in listed if one.id == slide.slide_id)
    presentation.part.drop_rel(identity.rId)
    listed.remove(identity)
    presentation.part.rename_slide_parts([one.rId for one in listed])


def place_slide(presentation: Any, slide: Any, *, after: Any) -> None:
    """Move a slide behind another one, or leave it last, and put it into a section, in place.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    slide
        One of its slides.
    after
        The slide that it follows; None leaves it last.

    Notes
    -----
    The trap: a slide that no section lists makes PowerPoint offer to repair the file.
    """
    listed = presentation.slides._sldIdLst
    identity = next(one for one in listed if one.id == slide.slide_id)
    if after is not None:
        next(one for one in listed if one.id == after.slide_id).addnext(identity)
    sections = list(presentation.part._element.iter(_SECTION_SLIDE))
    before = [one for one in sections if after is None or one.get("id") == str(after.slide_id)]
    if before:
        entry = before[-1].makeelement(_SECTION_SLIDE, {"id": str(slide.slide_id)})
        before[-1].addnext(entry)
