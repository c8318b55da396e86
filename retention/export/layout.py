"""Where things stand on a slide: which layout of the template, and which boxes on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from retention.errors import ArgumentError
from retention.export.box import INCH, Box, box_of
from retention.export.font_widths import HOUSE_FONT
from retention.export.theme import Theme

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_CONTENTS = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
_GAP = 0.12
_CAPTION, _FOOTER, _NUMBER = 0.5, 0.56, 0.75
_SMALLEST_TITLE, _TITLE_SIZE = 14, 24
_TAKEAWAY_SHARE, _STRIP_SHARE = 0.25, 0.18


@dataclass(frozen=True)
class Frame:
    """A layout of the template, its title box, the box for everything else, the title's size.

    `font` is the theme's, `is_themed` whether charts take the theme's colours, `oddities` what was
    found wrong with the template and set right.
    """

    layout: Any
    title: Box
    body: Box
    title_size: int
    font: str = HOUSE_FONT
    is_themed: bool = False
    oddities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Places:
    """The boxes of one slide; no `takeaway` where there is nothing to say."""

    captions: tuple[Box, ...]
    contents: tuple[Box, ...]
    takeaway: Box | None
    footer: Box
    number: Box


def choose_frame(presentation: Any) -> Frame:
    """The layout for a slide with a title and one content, and its boxes, checked for sense.

    Parameters
    ----------
    presentation
        A python-pptx presentation.

    Returns
    -------
    Frame
        The layout with a title and exactly one content; else one with a title only.

    Raises
    ------
    ArgumentError
        No layout has a title.

    Notes
    -----
    The trap: boxes of company templates can be missing, tiny or on top of each other; such boxes
    are computed from the slide's size instead.

    Examples
    --------
    >>> from retention.export.template import open_template
    >>> choose_frame(open_template(None)).layout.name
    'Title and Content'
    """
    layouts = [layout for layout in presentation.slide_layouts if _placeholders(layout, _TITLES)]
    if not layouts:
        raise ArgumentError(
            f"template: none of its {len(presentation.slide_layouts)} layouts has a title. "
            "Add a layout with a title and one content, or leave template= out."
        )
    layout = min(layouts, key=_unfitness)
    page = Box(0, 0, presentation.slide_width, presentation.slide_height)
    title = _title_box(layout, page)
    body = _body_box(layout, page, title)
    size = _title_size(layout)
    theme = Theme.of(presentation)
    return Frame(
        layout,
        title,
        body,
        size if size >= _SMALLEST_TITLE else _TITLE_SIZE,
        theme.font,
        theme.is_of_company,
        tuple(_oddities(layout, title, body, size)),
    )


def arrange(body: Box, *, has_takeaway: bool, contents: int = 1) -> Places:
    """The boxes inside the body of a slide.

    Parameters
    ----------
    body
        The box below the title.
    has_takeaway
        Whether room for the takeaway is kept free: at the right, under several contents below.
    contents
        How many contents stand side by side.

    Returns
    -------
    Places
        Captions above, contents, takeaway, footer and slide number below.

    Notes
    -----
    The trap: the caption's box is kept free even without a caption, so that slides look alike.

    Examples
    --------
    >>> from retention.export.box import inches
    >>> places = arrange(inches(0.6, 1.4, 12.13, 5.7), has_takeaway=True)
    >>> places.contents[0].right < places.takeaway.left
    True
    """
    unit = round(INCH * min(1.0, body.height / (5.6 * INCH)))
    gap, caption, footer = round(_GAP * unit), round(_CAPTION * unit), round(_FOOTER * unit)
    low = body.bottom - footer
    room, takeaway = _room(body._replace(height=low - gap - body.top), has_takeaway, contents, gap)
    width = (room.width - (contents - 1) * 2 * gap) // contents
    lefts = [room.left + place * (width + 2 * gap) for place in range(contents)]
    number = round(_NUMBER * INCH)
    return Places(
        captions=tuple(Box(left, room.top, width, caption) for left in lefts),
        contents=tuple(
            Box(left, room.top + caption, width, room.height - caption) for left in lefts
        ),
        takeaway=takeaway,
        footer=Box(body.left, low, body.width - number, footer),
        number=Box(body.right - number, low, number, footer),
    )


def _oddities(layout: Any, title: Box, body: Box, size: int) -> list[str]:
    """What is wrong with a layout, so that something else than it says is used."""
    found = []
    numbers = [shape.placeholder_format.idx for shape in layout.placeholders]
    repeated = sum(numbers.count(number) > 1 for number in numbers)
    if repeated:
        found.append(f"{repeated} of its placeholders share a number")
    if box_of(_placeholders(layout, _TITLES)[0]) != title:
        found.append("the title's box is missing, tiny or off the slide")
    contents = _placeholders(layout, _CONTENTS)
    if not contents:
        found.append("it has no placeholder for a content")
    elif len(contents) == 1 and box_of(contents[0]) != body:
        found.append("the content's box is missing, tiny or on top of the title")
    if size < _SMALLEST_TITLE:
        found.append(f"its titles have {size} points")
    return found


def _room(whole: Box, has_takeaway: bool, contents: int, gap: int) -> tuple[Box, Box | None]:
    """The boxes of contents and takeaway: beside one content, below several."""
    if not has_takeaway:
        return whole, None
    if contents == 1:
        side = round(whole.width * _TAKEAWAY_SHARE)
        return (
            whole.inset(right=side + 2 * gap),
            whole._replace(left=whole.right - side, width=side),
        )
    strip = round(whole.height * _STRIP_SHARE)
    return (
        whole.inset(bottom=strip + gap),
        whole._replace(top=whole.bottom - strip, height=strip),
    )


def _placeholders(part: Any, kinds: tuple[Any, ...]) -> list[Any]:
    return [s for s in part.placeholders if s.placeholder_format.type in kinds]


def _unfitness(layout: Any) -> int:
    """0 for title and one content, more for what suits less."""
    kinds = [shape.placeholder_format.type for shape in layout.placeholders]
    contents = [kind for kind in kinds if kind in _CONTENTS]
    if PP_PLACEHOLDER.TITLE not in kinds:
        return 9
    if contents == [PP_PLACEHOLDER.OBJECT]:
        return 0
    return {0: 1, 1: 2}.get(len(contents), 3)


def _title_box(layout: Any, page: Box) -> Box:
    box = box_of(_placeholders(layout, _TITLES)[0])
    sane = (
        box is not None
        and box.left >= 0
        and box.top >= 0
        and box.width >= 0.5 * page.width
        and box.right <= page.width
        and box.bottom <= 0.35 * page.height
        and box.height >= 0.06 * page.height
    )
    shares = (0.05 * page.width, 0.04 * page.height, 0.9 * page.width, 0.14 * page.height)
    return box if sane and box is not None else Box(*map(round, shares))


def _body_box(layout: Any, page: Box, title: Box) -> Box:
    contents = _placeholders(layout, _CONTENTS)
    box = box_of(contents[0]) if len(contents) == 1 else None
    top = title.bottom + round(0.01 * page.height)
    sane = (
        box is not None
        and box.left >= 0
        and box.top >= title.bottom - 0.02 * page.height
        and box.width >= 0.6 * page.width
        and box.height >= 0.45 * page.height
        and box.right <= page.width
        and box.bottom <= page.height
    )
    computed = Box(title.left, top, title.width, round(0.95 * page.height) - top)
    return box if sane and box is not None else computed


def _title_size(layout: Any) -> int:
    """The template's own title size in points, as far as it says one."""
    title = _placeholders(layout, _TITLES)[0]._element
    master = layout.slide_master._element.find(f".//{qn('p:titleStyle')}")
    for element in (title, master):
        found = None if element is None else element.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if found is not None and found.get("sz"):
            return round(int(found.get("sz")) / 100)
    return 28
