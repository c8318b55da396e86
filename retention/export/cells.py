"""Cells of a native table: text, fill and lines."""

from __future__ import annotations

from typing import Any, NamedTuple

from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from retention.export.box import POINT, Box
from retention.export.rgb import rgb
from retention.files import UNWRITABLE

# PowerPoint's name for "No Style, No Grid": we colour the cells ourselves.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
# Points at the left and right of a cell.
MARGIN = 3
# How far a table is moved right, so that its text stands below that of a text box.
TEXT_EDGE = 4 * POINT


class Look(NamedTuple):
    """How a cell looks; colours as #RRGGBB, None for the theme's."""

    size: int
    is_bold: bool = False
    is_italic: bool = False
    colour: str | None = None
    fill: str | None = None
    # Colour of stripes over the fill.
    stripes: str | None = None
    align: str = "left"
    # Colour of the line below, or around where `is_boxed`.
    line: str | None = None
    is_boxed: bool = False
    # Points at the left and right.
    margin: int = MARGIN
    # A second, smaller line.
    note: str = ""


# Points below which a note cannot be read.
SMALLEST_NOTE = 6
_ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}


def add_grid(slide: Any, box: Box, *, widths: list[float], heights: list[float]) -> Any:
    """Add an empty table.

    Parameters
    ----------
    slide
        A python-pptx slide.
    box
        Left and top; the size is that of widths and heights.
    widths, heights
        Columns and rows, in EMU.

    Returns
    -------
    python-pptx graphic frame
        Its `.table` has a cell per row and column.

    Notes
    -----
    The trap: a row grows where its text does not fit, whatever height is set.
    """
    size = (round(sum(widths)), round(sum(heights)))
    frame = slide.shapes.add_table(len(heights), len(widths), box.left, box.top, *size)
    table = frame.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    table.first_row, table.horz_banding = True, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = round(width)
    for row, height in zip(table.rows, heights, strict=True):
        row.height = round(height)
    return frame


def fill_cell(cell: Any, text: str, look: Look) -> None:
    """Write a cell, in place.

    Parameters
    ----------
    cell
        A python-pptx table cell.
    text
        Its words.
    look
        Its look.

    Notes
    -----
    The trap: an empty cell keeps 18 points and makes its row tall, so it gets its size too.
    """
    cell.margin_left = cell.margin_right = look.margin * POINT
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = _ALIGN[look.align]
    paragraph.font.size = Pt(look.size)
    cell.text_frame.word_wrap = True
    if text:
        run = paragraph.add_run()
        run.text = UNWRITABLE.sub("", text).replace("\n", " ")
        run.font.size, run.font.bold = Pt(look.size), look.is_bold
        run.font.italic = look.is_italic or None
        if look.colour:
            run.font.color.rgb = rgb(look.colour)
    else:
        end = paragraph._p.get_or_add_endParaRPr()
        end.set("sz", str(look.size * 100))
    if look.note:
        _add_note(cell, look)
    if look.line:
        _add_lines(cell, look.line, ("lnL", "lnR", "lnT", "lnB") if look.is_boxed else ("lnB",))
    if look.fill and look.stripes:
        cell.fill.patterned()
        cell.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        cell.fill.fore_color.rgb, cell.fill.back_color.rgb = rgb(look.stripes), rgb(look.fill)
    elif look.fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(look.fill)


def _add_note(cell: Any, look: Look) -> None:
    """A second line below the cell's number, in its colour."""
    paragraph = cell.text_frame.add_paragraph()
    paragraph.alignment = _ALIGN[look.align]
    run = paragraph.add_run()
    run.text = UNWRITABLE.sub("", look.note)
    run.font.size = Pt(max(look.size - 3, SMALLEST_NOTE))
    if look.colour:
        run.font.color.rgb = rgb(look.colour)


def _add_lines(cell: Any, colour: str, sides: tuple[str, ...]) -> None:
    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(sides):
        line = (
            f'<a:{side} {nsdecls("a")} w="9525"><a:solidFill>'
            f'<a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill></a:{side}>'
        )
        properties.insert(place, parse_xml(line))
