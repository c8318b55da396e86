"""A line picture as a native line chart, or a scatter with lines where the steps are uneven."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from retention.charts.number import format_number
from retention.charts.picture import Picture
from retention.export.box import Box
from retention.export.chart_parts import FONT, add_legend, format_axes
from retention.export.fit import text_width
from retention.export.line_labels import LineLabels, place_labels, write_labels
from retention.export.lines import Line, lines_of
from retention.export.number_code import label_code
from retention.export.plot_area import PlotArea, plot_area, set_plot_area
from retention.export.rgb import rgb
from retention.export.scale import Scale, tick_step, value_scale
from retention.files import neutralise

# One label per so many points of width.
_TICK_WIDTH = 46.0
# Between two words at the axis.
_TICK_AIR = 12
# Share of the axis that its title may fill before programs break it.
_TITLE_SHARE, _PLOT_SHARE = 0.8, 0.85
# Points that a legend takes beside the name.
_LEGEND_KEY = 44.0
# More numbers than this are a scale, as days are, and get round ticks.
_MOST_STEPS = 40


def draw_line_chart(slide: Any, box: Box, picture: Picture) -> Any:
    """Put a native, editable line chart on a slide.

    Parameters
    ----------
    slide
        A python-pptx slide.
    box
        Where it stands.
    picture
        A line picture.

    Returns
    -------
    python-pptx graphic frame
        Its `.chart` holds the picture's numbers, muted lines first, and the limits of intervals.

    Notes
    -----
    The trap: lines get labels at their ends where these fit, else a legend, never both.
    """
    lines = lines_of(picture)
    values = [value for line in lines for value in line.values if value is not None]
    scale = value_scale(
        values, is_share=picture.number_format == "percent",
        is_count=picture.number_format == "integer",
    )  # fmt: skip
    labels, area = _laid_out(picture, lines, scale, box.points)
    frame = slide.shapes.add_chart(*_kind_and_box(picture, box), _data(picture, lines))
    chart = frame.chart
    tick = tick_step(len(picture.categories), most=int(area.inner[0] / _tick_width(picture)))
    format_axes(chart, picture, scale=scale, x_label=_x_label(picture, area), tick=tick)
    _place_on_axis(chart, picture)
    for series, line in zip(chart.plots[0].series, lines, strict=True):
        _format(series, line)
    write_labels(chart, lines, labels, area)
    chart.has_legend = False
    if labels.needs_legend:
        hidden = [i for i, line in enumerate(lines) if not line.is_named]
        add_legend(chart, hidden=hidden, at_right=_legend_is_wide(lines, box.points[0]))
    set_plot_area(chart, area)
    return frame


def _tick_width(picture: Picture) -> float:
    """Points from one name on the axis to the next: names that touch would be leant or cut."""
    names = [text_width(str(c), size=FONT) for c in picture.categories if isinstance(c, str)]
    return max([_TICK_WIDTH, *(name + _TICK_AIR for name in names)])


def _laid_out(
    picture: Picture, lines: list[Line], scale: Scale, size: tuple[float, float]
) -> tuple[LineLabels, PlotArea]:
    """Labels at the ends with room for them; if they do not fit, a legend and the whole width."""
    area = _area(picture, lines, scale, size, has_legend=False)
    labels = place_labels(picture, lines, area, scale)
    if not labels.needs_legend:
        return labels, area
    area = _area(picture, lines, scale, size, has_legend=True)
    return place_labels(picture, lines, area, scale, with_ends=False), area


def _area(
    picture: Picture, lines: list[Line], scale: Scale, size: tuple[float, float], has_legend: bool
) -> PlotArea:
    names = [text_width(line.name, size=FONT, is_bold=True) for line in lines if line.is_named]
    has_names = len(picture.series) > 1 and not has_legend
    # Labels wider than a third of the chart are too wide: they will be found not to fit.
    right = min(max(names, default=0.0) + 14, size[0] / 3) if has_names else 24.0
    at_right = has_legend and _legend_is_wide(lines, size[0])
    if at_right:
        right = min(max(names, default=0.0) + _LEGEND_KEY, size[0] / 2)
    return plot_area(
        size,
        left=_number_width(picture, scale) + (26 if picture.y_label else 10),
        right=right,
        lines_below=1 + _title_lines(picture.x_label, size[0]) + bool(picture.category_notes),
        has_legend=has_legend and not at_right,
    )


def _number_width(picture: Picture, scale: Scale) -> float:
    """Points of the widest number at the axis; the program writes all with as many decimals."""
    ticks = range(round((scale.top - scale.bottom) / scale.step) + 1)
    numbers = [
        format_number(
            scale.bottom + tick * scale.step,
            number_format=picture.number_format,
            currency=picture.currency,
            largest=scale.top,
        )
        for tick in ticks
    ]
    return max(text_width(number, size=FONT) for number in numbers)


def _title_lines(label: str, width: float) -> int:
    """Lines that the title of the axis takes; the plot fills most of the chart's width."""
    room = _TITLE_SHARE * _PLOT_SHARE * width
    return math.ceil(text_width(label, size=FONT) / room) if label else 0


def _legend_is_wide(lines: list[Line], width: float) -> bool:
    """Whether the names do not fit on one line above the chart."""
    named = [text_width(line.name, size=FONT) + _LEGEND_KEY for line in lines if line.is_named]
    return sum(named) > 0.9 * width


def _is_even(picture: Picture) -> bool:
    """Words, or a few numbers in equal steps: each category is one step of the axis."""
    numbers = [c for c in picture.categories if not isinstance(c, str)]
    if len(numbers) < len(picture.categories) or len(numbers) < 3:
        return True
    if len(numbers) > _MOST_STEPS:
        return False
    step = numbers[1] - numbers[0]
    pairs = pairwise(numbers)
    return all(abs((after - before) - step) < 1e-9 for before, after in pairs)


def _kind_and_box(picture: Picture, box: Box) -> tuple[Any, ...]:
    is_even = _is_even(picture)
    kind = XL_CHART_TYPE.LINE if is_even else XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    return (kind, *box)


def _data(picture: Picture, lines: list[Line]) -> Any:
    code = label_code(picture)
    if not _is_even(picture):
        return _scattered(picture, lines, code)
    data = CategoryChartData(number_format=code)
    data.categories = [_category(category) for category in picture.categories]
    for line in lines:
        data.add_series(line.name, line.values)
    return data


def _scattered(picture: Picture, lines: list[Line], code: str) -> Any:
    """Points of each line; LibreOffice draws only as many of all lines as the first one has.

    So the first line goes on to the length of the longest, without values.
    """
    data = XyChartData(number_format=code)
    paths = [
        [pair for pair in zip(picture.categories, line.values, strict=True) if pair[1] is not None]
        for line in lines
    ]
    missing = max(map(len, paths)) - len(paths[0])
    paths[0] += [(category, None) for category in picture.categories[-missing:] if missing]
    for line, path in zip(lines, paths, strict=True):
        series = data.add_series(line.name)
        for category, value in path:
            series.add_data_point(category, value)
    return data


def _category(category: str | float) -> str | float:
    if isinstance(category, str):
        return neutralise(category)
    return int(category) if float(category).is_integer() else category


def _place_on_axis(chart: Any, picture: Picture) -> None:
    """Let lines begin on the axis itself where the categories are numbers."""
    numbers = [c for c in picture.categories if not isinstance(c, str)]
    if not _is_even(picture):
        low, high = min(numbers), max(numbers)
        chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = low, high
        chart.category_axis.major_unit = _step(picture, high - low)
        chart.category_axis.tick_labels.number_format = "#,##0"
        chart.category_axis.tick_labels.number_format_is_linked = False
    elif len(numbers) > 1:
        for crossing in chart.value_axis._element.findall(qn("c:crossBetween")):
            crossing.set("val", "midCat")


def _step(picture: Picture, span: float) -> float:
    """From one tick to the next: days, which have notes below them, in months and years."""
    if picture.category_notes:
        return tick_step(math.ceil(span), most=14)
    return value_scale([span], most=10).step


def _x_label(picture: Picture, area: PlotArea) -> str:
    """The axis title and, below it, as many of the notes on categories as have room."""
    notes: dict[str | float, str] = {}
    places, gap = list(picture.categories), "  ·  "
    # The first notes matter most; those that fit are shown in the order of the axis.
    for category, note in picture.category_notes:
        more = {**notes, category: f"{category}: {note}"}
        width = text_width(gap.join(more.values()), size=FONT)
        if category in places and width <= _TITLE_SHARE * area.inner[0]:
            notes = more
    row = gap.join(notes[category] for category in sorted(notes, key=places.index))
    return "\n".join(part for part in (picture.x_label, row) if part)


def _format(series: Any, line: Line) -> None:
    series.smooth = False
    series.format.line.color.rgb = rgb(line.colour)
    series.format.line.width = Pt(line.width)
    if line.is_limit:
        series.format.line.dash_style = MSO_LINE.DASH
    series.marker.style = XL_MARKER_STYLE.NONE
    if sum(value is not None for value in line.values) == 1:
        # A line of one point would not be seen.
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(line.colour)
        series.marker.format.line.fill.background()
