"""One slide: title, captions, contents, takeaway, footer, number, notes."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from retention.export.box import INCH, Box
from retention.export.footer import fitted_footer
from retention.export.layout import Frame, Places, arrange
from retention.export.mark import mark
from retention.export.page import Page
from retention.export.placeholders import clear_placeholders, placeholder_kind
from retention.export.shape_looks import shape_looks
from retention.export.stamp import Stamp, stamp_shape
from retention.export.textbox import CAPTION, FOOTER, TAKEAWAY, TITLE, size_for, write_text
from retention.export.theme import use_theme
from retention.export.title_shape import title_shape
from retention.files import UNWRITABLE
from retention.texts import text

_RULE = INCH // 30
# Part of a slide -> where its content is put instead of where we would put it.
Boxes = Mapping[str, Box]


@dataclass(frozen=True)
class Words:
    """What is written around the content of a slide; `alt_text` is for a screen reader."""

    title: str
    takeaway: str
    notes: str
    alt_text: str
    footer: str
    # What stands before the footer of every slide.
    house: str = ""


@dataclass(frozen=True)
class Place:
    """Where a slide belongs: the slot of its content, and which of its slides it is, from 1, of how many."""

    slot: str
    number: int = 1
    of: int = 1


def add_slide(
    presentation: Any,
    frame: Frame,
    pages: Sequence[Page],
    *,
    words: Words,
    place: Place,
    boxes: Boxes | None = None,
) -> Any:
    """Add a slide with everything on it, stamped.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    frame
        Layout and boxes.
    pages
        The contents, side by side.
    words
        What is written around them.
    place
        Slot and number.
    boxes
        Boxes of contents that somebody moved, by part.

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
    places = arrange(frame.body, has_takeaway=bool(words.takeaway.strip()), contents=len(pages))
    sizes = _sizes(frame, pages, words, places)
    slide = presentation.slides.add_slide(frame.layout)
    clear_placeholders(slide)
    notes = _notes(words, pages)
    stamp = Stamp(
        *(pages[0].key, pages[0].call, pages[0].as_of),
        page=place.number,
        pages=place.of,
        slot=place.slot,
    )
    _write_around(slide, frame, words, places, sizes, stamp)
    stamp = replace(stamp, notes=(mark(notes), notes.count("\n") + 1))
    for number, page in enumerate(pages):
        _draw(slide, page, number, words, places, sizes, stamp, boxes or {}, frame.is_themed)
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _sizes(frame: Frame, pages: Sequence[Page], words: Words, places: Places) -> dict[str, int]:
    """Sizes of all texts; asked for before there is a slide, so that a refusal leaves none."""
    look = TITLE._replace(largest=min(frame.title_size, TITLE.largest))
    sizes = {"title": size_for(words.title, frame.title, look, name="title")}
    for number, page in enumerate(pages):
        box = places.captions[number]
        sizes[_part("caption", number)] = size_for(page.caption, box, CAPTION, name="caption")
    if places.takeaway is not None:
        box = _beside(places.takeaway)
        sizes["takeaway"] = size_for(words.takeaway, box, TAKEAWAY, name="takeaway")
    return sizes


def _write_around(
    slide: Any, frame: Frame, words: Words, places: Places, sizes: dict[str, int], stamp: Stamp
) -> None:
    """Title, takeaway, footer and number."""
    title = _titled(slide, words.title, frame.title, sizes["title"])
    _stamp_words(title, stamp, "title")
    if places.takeaway is not None:
        box = places.takeaway
        stamp_shape(_rule(slide, box), replace(stamp, part="rule"))
        shape = write_text(slide, words.takeaway, _beside(box), TAKEAWAY, size=sizes["takeaway"])
        _stamp_words(shape, stamp, "takeaway")
    short, size = fitted_footer(words.footer, places.footer)
    if short:
        shape = write_text(slide, short, places.footer, FOOTER, size=size)
        _stamp_words(shape, stamp, "footer")
    stamp_shape(_number(slide, frame, places), replace(stamp, part="number"))


def _draw(
    slide: Any,
    page: Page,
    number: int,
    words: Words,
    places: Places,
    sizes: dict[str, int],
    stamp: Stamp,
    boxes: Boxes,
    is_themed: bool,
) -> None:
    """One content with its caption."""
    own = replace(stamp, key=page.key, call=page.call, as_of=page.as_of, heading=page.heading)
    part = _part("caption", number)
    if page.caption:
        box = places.captions[number]
        shape = write_text(slide, page.caption, box, CAPTION, size=sizes[part])
        _stamp_words(shape, replace(own, notes=None), part)
    part = _part("content", number)
    shape = page.draw(slide, boxes.get(part, places.contents[number]))
    if is_themed and getattr(shape, "has_chart", False):
        use_theme(shape.chart)
    own = replace(own, part=part, looks=shape_looks(shape, page.roles))
    if shape.has_text_frame:
        own = replace(own, words=mark(shape.text_frame.text))
    stamp_shape(shape, own, alt_text=words.alt_text or page.alt_text or words.title)


def _part(name: str, number: int) -> str:
    """Name of a part of the first, second, ... content."""
    return name if number == 0 else f"{name} {number + 1}"


def _stamp_words(shape: Any, stamp: Stamp, part: str) -> None:
    words, looks = mark(shape.text_frame.text), shape_looks(shape, {})
    stamp_shape(shape, replace(stamp, part=part, words=words, looks=looks))


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
    shape = title_shape(slide)
    if Box(shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0) != box:
        shape.left, shape.top, shape.width, shape.height = box
    return write_text(slide, title, box, TITLE, size=size, shape=shape)


def _number(slide: Any, frame: Frame, places: Places) -> Any:
    """The slide number: where the template has it and nothing else stands, else at the lower right."""
    field = '<a:fld {names} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
    field = field.format(names=f"{nsdecls('a')}")
    field += '<a:rPr lang="en-US" sz="1000"/><a:t>‹#›</a:t></a:fld>'
    place = next((s for s in frame.layout.placeholders if placeholder_kind(s) == "number"), None)
    if place is None:
        shape = write_text(slide, "", places.number, FOOTER, size=FOOTER.largest)
    else:
        slide.shapes._spTree.append(copy.deepcopy(place.element))
        shape = slide.shapes[-1]
        _settle(shape, frame, places)
    paragraph = shape.text_frame.paragraphs[0]._p
    for child in list(paragraph):
        if child.tag != qn("a:pPr"):
            paragraph.remove(child)
    paragraph.append(parse_xml(field))
    shape.element.nvSpPr.cNvPr.set("id", str(max(s.shape_id for s in slide.shapes) + 1))
    return shape


def _settle(shape: Any, frame: Frame, places: Places) -> None:
    """Move the number of a template away from what stands where it would be."""
    values = (shape.left, shape.top, shape.width, shape.height)
    box = None if any(value is None for value in values) else Box(*values)
    taken = [frame.title, frame.body.inset(bottom=places.footer.height), places.footer]
    if box is None or any(box.meets(other) for other in taken):
        shape.left, shape.top, shape.width, shape.height = places.number


def _notes(words: Words, pages: Sequence[Page]) -> str:
    remarks = [remark for page in pages for remark in page.remarks]
    calls = [text("Made by: {call}", call=page.call) for page in pages if page.call]
    parts = [words.notes, *remarks, words.footer, *calls]
    return UNWRITABLE.sub("", "\n\n".join(part for part in parts if part.strip()))
