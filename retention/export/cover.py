"""A slide of words alone: the title slide, or the beginning of a section."""

from __future__ import annotations

from typing import Any, Literal

from pptx.enum.shapes import PP_PLACEHOLDER

from retention.errors import ArgumentError
from retention.export.box import Box, box_of
from retention.export.entry import Entry, Moved
from retention.export.font_widths import lettered
from retention.export.layout import Frame
from retention.export.mark import mark
from retention.export.placeholders import clear_placeholders, placeholder_kind
from retention.export.stamp import Stamp, stamp_shape
from retention.export.textbox import SUBTITLE, TITLE, size_for, write_text
from retention.export.title_shape import title_shape

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def add_cover(
    presentation: Any,
    frame: Frame,
    *,
    title: str,
    subtitle: str,
    slot: str = "deck",
    kind: Literal["cover", "section"] = "cover",
) -> Any:
    """Add a title slide, or one that begins a section.

    Parameters
    ----------
    presentation
        A python-pptx presentation.
    frame
        The layout for contents, used where the template has none for titles.
    title, subtitle
        The words.
    slot
        The slide's name in the deck.
    kind
        Which of the template's layouts is looked for first.

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
    layout = _layout(presentation, kind) or frame.layout
    boxes = _boxes(layout, frame, Box(0, 0, presentation.slide_width, presentation.slide_height))
    sizes = (
        size_for(title, boxes[0], TITLE._replace(largest=40), name="title"),
        size_for(subtitle, boxes[1], SUBTITLE, name="subtitle"),
    )
    slide = presentation.slides.add_slide(layout)
    heading = title_shape(slide)
    place = next((s for s in slide.placeholders if _is_second(s)), None)
    clear_placeholders(slide, kept=place)
    for shape, box in ((heading, boxes[0]), (place, boxes[1])):
        if shape is not None and box_of(shape) != box:
            shape.left, shape.top, shape.width, shape.height = box
    write_text(slide, title, boxes[0], TITLE, size=sizes[0], shape=heading)
    _stamp(heading, slot, "title", sizes[0])
    if subtitle:
        line = write_text(slide, subtitle, boxes[1], SUBTITLE, size=sizes[1], shape=place)
        _stamp(line, slot, "subtitle", sizes[1])
    elif place is not None:
        place._element.getparent().remove(place._element)
    return slide


def cover_entry(
    title: str, subtitle: str, *, kind: Literal["cover", "section"], name: str = ""
) -> Entry:
    """The entry of a title slide or of the beginning of a section."""
    if not title.strip():
        raise ArgumentError("title: empty. Say what the section is about.")

    def make(presentation: Any, frame: Frame, slot: str, _: Moved) -> None:
        with lettered(frame.font):
            add_cover(presentation, frame, title=title, subtitle=subtitle, slot=slot, kind=kind)

    return Entry(f"deck/{kind}", title if kind == "section" else "", "", name, make)


def _stamp(shape: Any, slot: str, part: str, size: int) -> None:
    words = mark(shape.text_frame.text)
    heading = shape.text_frame.text if part == "title" else ""
    stamp = Stamp(
        "deck", part=part, slot=slot, heading=heading, words=words, looks={"size": float(size)}
    )
    stamp_shape(shape, stamp)


def _is_second(shape: Any) -> bool:
    """A subtitle, or the text below the title of a section."""
    return shape.placeholder_format.type in (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY)


def _layout(presentation: Any, kind: str) -> Any:
    """The layout for a title slide; for a section the one with a title and a text, by its type."""
    wanted = {"cover": ("title",), "section": ("secHead", "title")}[kind]
    layouts = list(presentation.slide_layouts)
    for name in wanted:
        for layout in layouts:
            has_title = any(s.placeholder_format.type in _TITLES for s in layout.placeholders)
            if layout._element.get("type") == name and has_title:
                return layout
    for layout in layouts:
        if {"title", "subtitle"} <= {placeholder_kind(shape) for shape in layout.placeholders}:
            return layout
    return None


def _boxes(layout: Any, frame: Frame, page: Box) -> tuple[Box, Box]:
    """Boxes of title and subtitle; those of the frame where the layout's make no sense."""
    titles = [s for s in layout.placeholders if s.placeholder_format.type in _TITLES]
    seconds = [s for s in layout.placeholders if _is_second(s)]
    title = _sane(titles, page) or frame.title
    second = _sane(seconds, page)
    if second is None or second.meets(title):
        second = frame.body._replace(height=frame.body.height // 3)
    if second.meets(title):
        title, second = frame.title, frame.body._replace(height=frame.body.height // 3)
    return title, second


def _sane(shapes: list[Any], page: Box) -> Box | None:
    """The box of the first shape if it lies on the slide and is wide enough for words."""
    box = box_of(shapes[0]) if shapes else None
    if box is None or box.width < page.width / 3 or box.height < page.height / 20:
        return None
    return box if box.is_within(page) else None
