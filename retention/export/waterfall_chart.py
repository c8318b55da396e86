"""A waterfall as a native chart: stacked bars of which the lowest layer is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from retention.charts.colours import INK, role_colour
from retention.charts.picture import Picture
from retention.charts.waterfall import Step, step_words, steps_of
from retention.export.bar_names import bar_names, has_long_names
from retention.export.box import Box
from retention.export.chart_parts import FONT, format_axes
from retention.export.fit import LINE_HEIGHT, text_width
from retention.export.in_points import native_factor
from retention.export.label_shift import shift_label
from retention.export.number_code import label_code
from retention.export.read_downwards import read_downwards
from retention.export.rgb import rgb
from retention.export.scale import Scale
from retention.export.waterfall_stack import Layer, layers_of
from retention.files import neutralise

# Share of the range that is kept free for the numbers beyond the bars.
_AIR = 0.12
# Points between a bar's end and its number, the margins of labels included.
_GAP = 6.0


def draw_waterfall_chart(slide: Any, box: Box, picture: Picture) -> Any:
    """Put a native, editable waterfall on a slide.

    Parameters
    ----------
    slide
        A python-pptx slide.
    box
        Where it stands.
    picture
        A waterfall.

    Returns
    -------
    python-pptx graphic frame
        Its `.chart` holds the layers of `layers_of`, the base first.

    Notes
    -----
    The trap: PowerPoint's own kind of waterfall is not known to other programs, nor to older ones.
    """
    lies = picture.is_horizontal or has_long_names(picture, box)
    kind = XL_CHART_TYPE.BAR_STACKED if lies else XL_CHART_TYPE.COLUMN_STACKED
    layers, steps = layers_of(picture), steps_of(picture)
    data = CategoryChartData(number_format=label_code(picture))
    data.categories = bar_names(picture, lies=lies)
    for layer in layers:
        code = label_code(picture, sign=layer.sign)
        data.add_series(neutralise(layer.series.name), layer.series.values, number_format=code)
    frame = slide.shapes.add_chart(kind, *box, data)
    chart = frame.chart
    format_axes(chart, picture, scale=_scale(picture, steps), x_label=picture.x_label)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.plots[0].gap_width, chart.plots[0].overlap = 45, 100
    for layer, drawn in zip(layers, chart.plots[0].series, strict=True):
        _format(drawn, layer)
        for place, step in enumerate(steps):
            if _bears_number(layer, place, step):
                _write_number(drawn.points[place], picture, layer, step, box, lies)
    if lies:
        read_downwards(chart)
    chart.has_legend = False
    return frame


def _scale(picture: Picture, steps: Sequence[Step]) -> Scale:
    """All bars, with room for the numbers beyond them."""
    factor = native_factor(picture)
    low = factor * min(step.low for step in steps)
    high = factor * max(step.high for step in steps)
    air = _AIR * (max(high, 0.0) - min(low, 0.0)) or 1.0
    bottom, top = (low - air if low < 0 else 0.0), (high + air if high > 0 else 0.0)
    return Scale(bottom, top, (top - bottom) / 4)


def _format(drawn: Any, layer: Layer) -> None:
    drawn.invert_if_negative = False
    if layer.is_base:
        drawn.format.fill.background()
        return
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.rgb = rgb(role_colour(layer.series.role))


def _bears_number(layer: Layer, place: int, step: Step) -> bool:
    """Of a step across zero only the part above has the number."""
    value = layer.series.values[place]
    return value is not None and not layer.is_base and not (value < 0 < step.high)


def _write_number(
    point: Any, picture: Picture, layer: Layer, step: Step, box: Box, lies: bool
) -> None:
    """The number just beyond the bar's end: stacked bars know no such place, so it is moved there."""
    label, words = point.data_label, step_words(picture, step)
    label.position = XL_LABEL_POSITION.INSIDE_END
    if step.low < 0 < step.high and not step.is_total:
        # What is seen above zero is not the whole step.
        label.has_text_frame = True
        label.text_frame.text = words
        font = label.text_frame.paragraphs[0].font
    else:
        font = label.font
        code = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="" sourceLinked="0"/>')
        code.set("formatCode", label_code(picture, sign=layer.sign))
        label._dLbl.find(qn("c:idx")).addnext(code)
    font.size, font.bold = Pt(FONT), step.is_total
    font.color.rgb = rgb(INK)
    way = -1 if step.high <= 0 and step.low < 0 else 1
    across = text_width(words, size=FONT, is_bold=True) + _GAP
    right = way * across / box.points[0] if lies else 0.0
    down = 0.0 if lies else -way * (FONT * LINE_HEIGHT + _GAP) / box.points[1]
    shift_label(label, right=right, down=down)
