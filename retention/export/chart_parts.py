"""What line and bar charts have in common: axes, legend, colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from retention.charts.colours import FAINT_TEXT, GREY_TEXT, GRID
from retention.charts.picture import Picture
from retention.export.number_code import axis_code
from retention.export.rgb import rgb
from retention.export.scale import Scale
from retention.files import UNWRITABLE

FONT = 11
_UPRIGHT = 1 / 60_000


def format_axes(
    chart: Any,
    picture: Picture,
    *,
    scale: Scale,
    x_label: str,
    tick: int = 1,
    turn: float = 0.0,
) -> None:
    """Give a chart its axes: grid, range, number format, titles, one label in `tick`.

    Parameters
    ----------
    chart
        A python-pptx chart.
    picture
        What it shows.
    scale
        Range of the values.
    x_label
        Words below the categories.
    tick
        Categories from one label to the next.
    turn
        Degrees by which the names of categories lean.

    Notes
    -----
    The trap: labels stand at the low end, so that negative values do not run through them.
    """
    chart.has_title = False
    chart.font.size = Pt(FONT)
    values, categories = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale = scale.bottom, scale.top
    values.major_unit = scale.step
    values.tick_labels.number_format = axis_code(picture, step=scale.step)
    values.tick_labels.number_format_is_linked = False
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = rgb(GRID)
    values.format.line.fill.background()
    values.major_tick_mark = XL_TICK_MARK.NONE
    categories.has_major_gridlines = False
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    categories.format.line.color.rgb = rgb(FAINT_TEXT)
    _skip(categories, tick)
    if tick > 1 or turn:
        _turn(categories, turn or _UPRIGHT)
    for axis, title in ((categories, x_label), (values, picture.y_label)):
        _title(axis, title)
        axis.tick_labels.font.size = Pt(FONT)
        axis.tick_labels.font.color.rgb = rgb(GREY_TEXT)


def add_legend(chart: Any, *, hidden: Sequence[int] = (), at_right: bool = False) -> None:
    """Show a legend, without the series at some positions.

    Parameters
    ----------
    chart
        A python-pptx chart.
    hidden
        Positions of series that get no entry.
    at_right
        At the right instead of above.

    Notes
    -----
    The trap: a legend of more than eight entries is unreadable; label the lines instead.
    """
    chart.has_legend = True
    legend = chart.legend
    legend.position = XL_LEGEND_POSITION.RIGHT if at_right else XL_LEGEND_POSITION.TOP
    legend.include_in_layout = False
    legend.font.size = Pt(FONT)
    place = legend._element.find(qn("c:legendPos"))
    for index in reversed(hidden):
        entry = f'<c:legendEntry {nsdecls("c")}><c:idx val="{index}"/>'
        place.addnext(parse_xml(f'{entry}<c:delete val="1"/></c:legendEntry>'))


def _title(axis: Any, title: str) -> None:
    axis.has_title = bool(title)
    if title:
        frame = axis.axis_title.text_frame
        frame.text = UNWRITABLE.sub("", title)
        for paragraph in frame.paragraphs:
            paragraph.font.size, paragraph.font.bold = Pt(FONT), False
            paragraph.font.color.rgb = rgb(GREY_TEXT)


def _turn(axis: Any, degrees: float) -> None:
    """LibreOffice does not leave out the names that it is told to, and leans or breaks all of them.

    Names that are turned, be it by a 60,000th of a degree, it leaves out where they would overlap.
    """
    axis.tick_labels.font.size = Pt(FONT)
    turned = axis._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    turned.set("rot", str(round(degrees * 60_000)))


def _skip(axis: Any, tick: int) -> None:
    element = axis._element
    last = element.find(qn("c:noMultiLvlLbl"))
    if last is None:
        return
    for name in ("tickLblSkip", "tickMarkSkip"):
        last.addprevious(parse_xml(f'<c:{name} {nsdecls("c")} val="{tick}"/>'))
