"""Our own template: 16:9, white, one accent, set in Arial, which has every Vietnamese letter."""

from __future__ import annotations

from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from retention.charts.colours import INK, PALETTE
from retention.export.box import INCH, Box, inches

WIDTH, HEIGHT = 12_192_000, 6_858_000
TITLE_BOX = inches(0.6, 0.36, 12.13, 0.92)
BODY_BOX = inches(0.6, 1.36, 12.13, 5.84)
NUMBER_BOX = inches(12.03, 6.9, 0.7, 0.3)
_COVER_TITLE = inches(1.1, 2.1, 11.0, 1.5)
_COVER_SUBTITLE = inches(1.1, 3.75, 11.0, 1.2)
_KEPT = ("Title Slide", "Title and Content", "Title Only", "Blank")
_FONT = "Arial"


def house_presentation() -> Any:
    """An empty 16:9 presentation in the look of this package.

    Returns
    -------
    python-pptx Presentation
        Layouts "Title Slide", "Title and Content", "Title Only", "Blank"; no slides.

    Notes
    -----
    The trap: the layouts of the library underneath are 4:3, so every box is moved.

    Examples
    --------
    >>> [layout.name for layout in house_presentation().slide_layouts]
    ['Title Slide', 'Title and Content', 'Title Only', 'Blank']
    """
    presentation = Presentation()
    stretch = WIDTH / presentation.slide_width
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    for layout in list(presentation.slide_layouts):
        if layout.name not in _KEPT:
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    for part in (master, *presentation.slide_layouts):
        _widen(part, stretch)
    _set_theme(master)
    _set_master(master)
    _set_cover(next(iter(presentation.slide_layouts)))
    return presentation


def _widen(part: Any, stretch: float) -> None:
    for shape in part.shapes:
        frame = shape._element.find(f".//{qn('a:xfrm')}")
        if frame is not None:
            shape.left, shape.width = round(shape.left * stretch), round(shape.width * stretch)
    for shape in part.placeholders:
        kind = shape.placeholder_format.type
        if kind in (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER):
            shape._element.getparent().remove(shape._element)


def _set_theme(master: Any) -> None:
    part = next(r.target_part for r in master.part.rels.values() if r.reltype.endswith("/theme"))
    theme = parse_xml(part.blob)
    for font in ("a:majorFont", "a:minorFont"):
        theme.find(f".//{qn(font)}/{qn('a:latin')}").set("typeface", _FONT)
    colours = {f"a:accent{place}": PALETTE[place - 1] for place in range(1, 7)}
    for name, colour in {"a:dk1": INK, **colours}.items():
        element = theme.find(f".//{qn(name)}")
        element.clear()
        element.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour.lstrip("#")}"/>'))
    part._blob = serialize_part_xml(theme)


def _set_master(master: Any) -> None:
    boxes = {
        PP_PLACEHOLDER.TITLE: TITLE_BOX,
        PP_PLACEHOLDER.BODY: BODY_BOX,
        PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER_BOX,
    }
    for shape in master.placeholders:
        box = boxes.get(shape.placeholder_format.type)
        if box is not None:
            shape.left, shape.top, shape.width, shape.height = box
    _title(master).text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    level = master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.set("algn", "l")
    level.find(qn("a:defRPr")).set("sz", "2800")
    level.find(qn("a:defRPr")).set("b", "1")
    _bar(master, Box(TITLE_BOX.left + INCH // 10, 0, INCH, INCH // 10))


def _set_cover(layout: Any) -> None:
    title = _title(layout)
    title.left, title.top, title.width, title.height = _COVER_TITLE
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for shape in layout.placeholders:
        if shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
            shape.left, shape.top, shape.width, shape.height = _COVER_SUBTITLE
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")
    # The cover has its own bar instead of the master's.
    layout._element.set("showMasterSp", "0")
    _bar(layout, Box(0, 0, round(0.35 * INCH), HEIGHT))


def _title(part: Any) -> Any:
    titles = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    return next(s for s in part.placeholders if s.placeholder_format.type in titles)


def _bar(part: Any, box: Box) -> None:
    """A plain rectangle in the main colour, behind everything else of a master or layout."""
    names = nsdecls("a", "p")
    bar = parse_xml(
        f'<p:sp {names}><p:nvSpPr><p:cNvPr id="900" name="retention:bar"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{box.left}" y="{box.top}"/>'
        f'<a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></p:spPr></p:sp>'
    )
    part.shapes._spTree.insert(2, bar)
