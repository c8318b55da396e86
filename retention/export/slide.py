"""One slide: title, caption, content, takeaway, footer, number, notes."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from retention.export.box import INCH, Box
from retention.export.footer import fitted_footer
from retention.export.layout import Frame, Places, arrange
from retention.export.page import Page
from retention.export.stamp import Stamp, stamp_shape
from retention.export.textbox import (
    CAPTION,
    FOOTER,
    SUBTITLE,
    TAKEAWAY,
    TITLE,
    size_for,
    write_text,
)
from retention.files import UNWRITABLE
from retention.texts import text

_RULE = INCH // 30


@dataclass(frozen=True)
class Words:
    """What is written around the content of a slide; `alt_text` is for a screen reader."""

    title: str
    takeaway: str
    notes: str
    alt_text: str
    footer: str


def add_slide(
    presentation: Any,
    frame: Frame,
    page: Page,
    *,
    words: Words,
    number: int,
) -> Any:
    """Add a slide with everything on it, stamped.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    frame
        Layout and boxes.
    page
        The content.
    words
        What is written around it.
    number
        Which slide of this content, from 1.

    Returns
    -------
    python-pptx slide
        The slide, last in the presentation.

    Raises
    ------
    ArgumentError
        A text does not fit; no slide is added then.

    Notes
    -----
    The trap: a footer too long for its box is shortened with a mark, and stands whole in the notes.
    """
    places = arrange(frame.body, has_takeaway=bool(words.takeaway.strip()))
    look = TITLE._replace(largest=min(frame.title_size, TITLE.largest))
    title_size = size_for(words.title, frame.title, look, name="title")
    caption_size = size_for(page.caption, places.caption, CAPTION, name="caption")
    takeaway_size = _takeaway_size(words.takeaway, places)
    slide = presentation.slides.add_slide(frame.layout)
    _clear(slide)
    written = {"title": _titled(slide, words.title, frame.title, title_size)}
    if page.caption:
        written["caption"] = write_text(
            slide, page.caption, places.caption, CAPTION, size=caption_size
        )
    written["content"] = page.draw(slide, places.content)
    if places.takeaway is not None:
        written["rule"] = _rule(slide, places.takeaway)
        written["takeaway"] = write_text(
            slide, words.takeaway, _beside(places.takeaway), TAKEAWAY, size=takeaway_size
        )
    short, footer_size = fitted_footer(words.footer, places.footer)
    if short:
        written["footer"] = write_text(slide, short, places.footer, FOOTER, size=footer_size)
    written["number"] = _number(slide, frame, places.number)
    for part, shape in written.items():
        stamp = Stamp(page.key, page.call, page.as_of, part, number)
        stamp_shape(shape, stamp, alt_text=words.alt_text if part == "content" else "")
    slide.notes_slide.notes_text_frame.text = _notes(words, page)
    return slide


def add_cover(presentation: Any, frame: Frame, *, title: str, subtitle: str) -> Any:
    """Add a title slide.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    frame
        The layout for contents, used where the template has none for titles.
    title, subtitle
        The words.

    Returns
    -------
    python-pptx slide
        The slide.

    Raises
    ------
    ArgumentError
        A text does not fit.

    Notes
    -----
    The trap: a template without a title layout gives a content slide with title and subtitle.
    """
    layout = _cover_layout(presentation) or frame.layout
    boxes = {kind: _placeholder_box(layout, kind) for kind in ("title", "subtitle")}
    title_box = boxes["title"] or frame.title
    subtitle_box = boxes["subtitle"] or frame.body._replace(height=frame.body.height // 3)
    sizes = (
        size_for(title, title_box, TITLE._replace(largest=40), name="title"),
        size_for(subtitle, subtitle_box, SUBTITLE, name="subtitle"),
    )
    slide = presentation.slides.add_slide(layout)
    place = next((s for s in slide.placeholders if _kind(s) == "subtitle"), None)
    _clear(slide, kept=place)
    heading = write_text(slide, title, title_box, TITLE, size=sizes[0], shape=slide.shapes.title)
    stamp_shape(heading, Stamp("deck", part="title"))
    if subtitle:
        line = write_text(slide, subtitle, subtitle_box, SUBTITLE, size=sizes[1], shape=place)
        stamp_shape(line, Stamp("deck", part="subtitle"))
    elif place is not None:
        place._element.getparent().remove(place._element)
    return slide


def _takeaway_size(takeaway: str, places: Places) -> int:
    if places.takeaway is None:
        return TAKEAWAY.largest
    return size_for(takeaway, _beside(places.takeaway), TAKEAWAY, name="takeaway")


def _beside(box: Box) -> Box:
    """The takeaway's text, right of the rule."""
    return box.inset(left=_RULE + INCH // 20)


def _rule(slide: Any, box: Box) -> Any:
    rule = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box._replace(width=_RULE))
    rule.fill.solid()
    rule.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    rule.line.fill.background()
    # Without the theme's style there is no shadow.
    rule._element.remove(rule._element.find(qn("p:style")))
    return rule


def _titled(slide: Any, title: str, box: Box, size: int) -> Any:
    shape = slide.shapes.title
    if Box(shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0) != box:
        shape.left, shape.top, shape.width, shape.height = box
    return write_text(slide, title, box, TITLE, size=size, shape=shape)


def _clear(slide: Any, kept: Any = None) -> None:
    """Remove the empty placeholders, which would say "Click to add text"."""
    for shape in list(slide.placeholders):
        if shape.element is not slide.shapes.title.element and (
            kept is None or shape.element is not kept.element
        ):
            shape.element.getparent().remove(shape.element)


def _kind(shape: Any) -> str:
    kinds = {
        PP_PLACEHOLDER.TITLE: "title",
        PP_PLACEHOLDER.CENTER_TITLE: "title",
        PP_PLACEHOLDER.SUBTITLE: "subtitle",
        PP_PLACEHOLDER.SLIDE_NUMBER: "number",
    }
    return kinds.get(shape.placeholder_format.type, "")


def _cover_layout(presentation: Any) -> Any:
    for layout in presentation.slide_layouts:
        if {"title", "subtitle"} <= {_kind(shape) for shape in layout.placeholders}:
            return layout
    return None


def _placeholder_box(layout: Any, kind: str) -> Box | None:
    for shape in layout.placeholders:
        values = (shape.left, shape.top, shape.width, shape.height)
        if _kind(shape) == kind and None not in values:
            return Box(*values)
    return None


def _number(slide: Any, frame: Frame, box: Box) -> Any:
    """The slide number: where the template has it, else at the lower right."""
    field = '<a:fld {names} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
    field = field.format(names=f"{nsdecls('a')}")
    field += '<a:rPr lang="en-US" sz="1000"/><a:t>‹#›</a:t></a:fld>'
    place = next((s for s in frame.layout.placeholders if _kind(s) == "number"), None)
    if place is None:
        shape = write_text(slide, "", box, FOOTER, size=FOOTER.largest)
    else:
        slide.shapes._spTree.append(copy.deepcopy(place.element))
        shape = slide.shapes[-1]
    paragraph = shape.text_frame.paragraphs[0]._p
    for child in list(paragraph):
        if child.tag != qn("a:pPr"):
            paragraph.remove(child)
    paragraph.append(parse_xml(field))
    shape.element.nvSpPr.cNvPr.set("id", str(max(s.shape_id for s in slide.shapes) + 1))
    return shape


def _notes(words: Words, page: Page) -> str:
    made = text("Made by: {call}", call=page.call) if page.call else ""
    parts = [words.notes, *page.remarks, words.footer, made]
    return UNWRITABLE.sub("", "\n\n".join(part for part in parts if part.strip()))
