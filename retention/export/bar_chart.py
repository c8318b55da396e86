"""A bar picture as a native bar chart: side by side or stacked, upright or lying."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.util import Pt

from retention.charts.colours import INK, PALE_BAR, PAPER
from retention.charts.number import format_number
from retention.charts.picture import Picture
from retention.charts.series_colours import series_colours
from retention.export.bar_names import bar_names, has_long_names
from retention.export.box import Box
from retention.export.chart_parts import FONT, add_legend, format_axes
from retention.export.error_bars import add_error_bars, move_number
from retention.export.finite import finite
from retention.export.fit import text_width
from retention.export.in_points import in_points
from retention.export.line_over_bars import lift_lines
from retention.export.number_code import label_code
from retention.export.read_downwards import read_downwards
from retention.export.rgb import rgb
from retention.export.scale import Scale, tick_step, value_scale
from retention.export.shown_number import shown_number
from retention.files import neutralise

_KINDS = {
    ("bar", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_CLUSTERED,
    ("stacked_bar", False): XL_CHART_TYPE.COLUMN_STACKED,
    ("stacked_bar", True): XL_CHART_TYPE.BAR_STACKED,
}
# With more bars than this, or narrower ones, the axis carries the numbers.
_NUMBERED_BARS, _NUMBER_WIDTH = 24, 34.0
# Names that would touch upright lean by so many degrees, and take so many points of the axis.
_LEANING, _LEANING_WIDTH = -45.0, 18.0
# Share of the width that the plot fills, and points between two labels.
_PLOT_SHARE, _TICK_GAP = 0.8, 8.0


def draw_bar_chart(slide: Any, box: Box, picture: Picture) -> Any:
    """Put a native, editable bar chart on a slide.

    Parameters
    ----------
    slide
        A python-pptx slide.
    box
        Where it stands.
    picture
        A bar or stacked_bar picture.

    Returns
    -------
    python-pptx graphic frame
        Its `.chart` holds the picture's numbers, series and categories in their order.

    Notes
    -----
    The trap: long names make bars lie, whatever the picture says, so that they can be read.
    """
    picture = in_points(picture)
    lies = picture.is_horizontal or has_long_names(picture, box)
    frame = slide.shapes.add_chart(_KINDS[(picture.kind, lies)], *box, _data(picture, lies))
    chart = frame.chart
    scale = value_scale(
        _extremes(picture), is_share=picture.number_format == "percent",
        is_count=picture.number_format == "integer",
    )  # fmt: skip
    leans = not lies and len(picture.categories) > _most_ticks(picture, box)
    most = int(box.points[0] * _PLOT_SHARE / _LEANING_WIDTH)
    tick = tick_step(len(picture.categories), most=most) if leans else 1
    turn = _LEANING if leans else 0.0
    format_axes(chart, picture, scale=scale, x_label=picture.x_label, tick=tick, turn=turn)
    if scale.bottom < 0:
        # Names at the axis would stand on the bars below it.
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.overlap = 100 if picture.kind == "stacked_bar" else -5
    for place, colour in enumerate(series_colours(picture)):
        _colour(plot.series[place], picture, place, colour)
    if not lies:
        lift_lines(chart, picture)
    if _has_numbers(picture, box, lies):
        _write_numbers(chart, picture, scale, lies)
    else:
        _draw_intervals(plot, picture)
    if lies:
        read_downwards(chart)
    chart.has_legend = False
    if len(picture.series) > 1:
        add_legend(chart, at_right=picture.kind == "stacked_bar" and not lies)
    return frame


def _most_ticks(picture: Picture, box: Box) -> int:
    """How many category names have room on a line; short words may go over several lines."""
    words = [word for category in picture.categories for word in str(category).split()]
    longest = max([text_width(word, size=FONT) for word in words], default=0.0)
    return int(box.points[0] * _PLOT_SHARE / (longest + _TICK_GAP))


def _data(picture: Picture, lies: bool) -> Any:
    data = CategoryChartData(number_format=label_code(picture))
    data.categories = bar_names(picture, lies=lies)
    for series in picture.series:
        values = [shown_number(value, picture) for value in series.values]
        data.add_series(neutralise(series.name), values)
    return data


def _extremes(picture: Picture) -> list[float]:
    """Everything the axis must hold: ends of bars, stacks and intervals."""
    drawn = [s for s in picture.series if not (s.is_line and picture.kind == "stacked_bar")]
    rows = [[finite(value) or 0.0 for value in series.values] for series in drawn]
    if picture.kind == "stacked_bar":
        stacks = list(zip(*rows, strict=True))
        return [sum(v for v in s if v > 0) for s in stacks] + [
            sum(v for v in s if v < 0) for s in stacks
        ]
    limits = [v for s in picture.series for v in (*(s.low or ()), *(s.high or ()))]
    return [value for row in rows for value in row] + [v for v in limits if v is not None]


def _colour(series: Any, picture: Picture, place: int, colour: str) -> None:
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)
    marked = {h.category for h in picture.highlights}
    for index, is_partial in enumerate(picture.series[place].is_partial or ()):
        if is_partial:
            fill = series.points[index].format.fill
            fill.patterned()
            fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            fill.fore_color.rgb, fill.back_color.rgb = rgb(colour), rgb(PAPER)
    for index, is_small in enumerate(picture.series[place].is_small or ()):
        if is_small:
            series.points[index].format.fill.solid()
            series.points[index].format.fill.fore_color.rgb = rgb(PALE_BAR)
    for index, category in enumerate(picture.categories):
        if category in marked:
            look = series.points[index].format
            if look.fill.type is None:
                # A point that says nothing of its fill gets one of the program's choice.
                look.fill.solid()
                look.fill.fore_color.rgb = rgb(colour)
            look.line.color.rgb = rgb(INK)
            look.line.width = Pt(1.5)


def _has_numbers(picture: Picture, box: Box, lies: bool) -> bool:
    bars = len(picture.series) * len(picture.categories)
    is_wide = lies or box.points[0] * 0.62 / bars >= _NUMBER_WIDTH
    has_room = lies or box.points[0] * _PLOT_SHARE / bars >= _longest_points(picture)
    return picture.kind == "bar" and bars <= _NUMBERED_BARS and is_wide and has_room


def _longest_points(picture: Picture) -> float:
    """The width of the longest number with its unit, and some air; other numbers are short."""
    if picture.number_format != "points":
        return 0.0
    values = [value / 100 for series in picture.series for value in series.values if value]
    words = [format_number(value, number_format="points") for value in values]
    return max([text_width(each, size=FONT) for each in words], default=0.0) + _TICK_GAP


def _write_numbers(chart: Any, picture: Picture, scale: Scale, lies: bool) -> None:
    """A number at each bar, beyond its interval; the axis then needs none."""
    plot = chart.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = label_code(picture), False
    labels.show_value = True
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(FONT)
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    # Air, so that the numbers at the longest bars have their room, also below, where names follow.
    high = scale.top + scale.step / 2
    low = scale.bottom - (scale.step / 2 if scale.bottom < 0 else 0)
    chart.value_axis.maximum_scale, chart.value_axis.minimum_scale = high, low
    for series, drawn in zip(picture.series, plot.series, strict=True):
        if series.low is not None and series.high is not None:
            add_error_bars(drawn, series)
            for place, value in enumerate(series.values):
                limits = series.low if value is not None and value < 0 else series.high
                if value is not None and (end := limits[place]) is not None:
                    share = (end - value) / (high - low)
                    move_number(drawn.points[place], label_code(picture), share=share, lies=lies)


def _draw_intervals(plot: Any, picture: Picture) -> None:
    """Whiskers on bars without numbers; stacked ones have none."""
    # Lines over the bars have left their plot.
    bars = [series for series in picture.series if not series.is_line]
    for series, drawn in zip(bars, plot.series, strict=True):
        if picture.kind == "bar" and series.low is not None and series.high is not None:
            add_error_bars(drawn, series)
