"""Names at the ends of lines and words at marked points, where they hide nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from retention.charts.colours import INK
from retention.charts.picture import Highlight, Picture
from retention.export.chart_parts import FONT
from retention.export.fit import LINE_HEIGHT
from retention.export.label_places import SHIFTS, Point, Rectangle, Side, free_side, label_area
from retention.export.label_shift import shift_label
from retention.export.lines import Line
from retention.export.plot_area import PlotArea
from retention.export.rgb import rgb
from retention.export.scale import Scale
from retention.files import UNWRITABLE, neutralise

_POSITIONS = {
    "right": XL_LABEL_POSITION.RIGHT,
    "left": XL_LABEL_POSITION.LEFT,
    "above": XL_LABEL_POSITION.ABOVE,
    "below": XL_LABEL_POSITION.BELOW,
}
# Marks that all have words, if need be across a line.
_FEW_MARKS = 2
_SIDES: tuple[Side, ...] = (
    "above",
    "upper right",
    "lower right",
    "right",
    "upper left",
    "lower left",
    "below",
    "left",
    "far lower right",
    "far upper left",
    "far right",
    "far left",
)


@dataclass(frozen=True)
class Mark:
    """A point of a line with its words; no side where they have no room."""

    line: int
    place: int
    words: str
    side: Side | None


@dataclass
class LineLabels:
    """Names at the ends, marked points, and whether a legend is needed instead of names."""

    ends: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    needs_legend: bool = False


def place_labels(
    picture: Picture, lines: Sequence[Line], area: PlotArea, scale: Scale, *, with_ends: bool = True
) -> LineLabels:
    """Find a place for each label.

    Parameters
    ----------
    picture
        A line picture.
    lines
        Its lines as drawn.
    area
        The plot area.
    scale
        Range of the values.
    with_ends
        Whether names are tried at the ends of lines.

    Returns
    -------
    LineLabels
        Where they go; `needs_legend` where a name has no room, or was not tried.

    Notes
    -----
    The trap: words at a marked point may cross lines, pale ones first, if there is no other place;
    names at ends never do.
    """
    paths = [_path(picture, line, area, scale) for line in lines]
    bounds = Rectangle(-8.0, -4.0, area.width - area.left, area.inner[1] + area.top)
    found = LineLabels()
    taken: list[Rectangle] = []
    named = [i for i, line in enumerate(lines) if line.is_named and line.last is not None]
    if len(picture.series) > 1:
        found.needs_legend = not with_ends
        for i in named if with_ends else []:
            last = lines[i].last or 0
            point = paths[i][last]
            areas: dict[Side, Rectangle] = {}
            areas["right"] = label_area(point, lines[i].name, size=FONT * 1.08, side="right")
            every = [list(path.values()) for path in paths]
            side = free_side(areas, taken=taken, lines=every, bounds=bounds)
            if side is None:
                return LineLabels(needs_legend=True)
            taken.append(areas[side])
            found.ends.append(Mark(i, last, lines[i].name, side))
    for highlight in picture.highlights:
        mark = _mark(picture, highlight, lines, paths, taken, bounds)
        if mark is not None:
            found.marks.append(mark)
    return found


def write_labels(chart: Any, lines: Sequence[Line], labels: LineLabels, area: PlotArea) -> None:
    """Write the labels into a chart, in place.

    Parameters
    ----------
    chart
        A python-pptx chart whose series are `lines`.
    lines
        Its lines.
    labels
        From `place_labels`.
    area
        The plot area, for the chart's height.

    Notes
    -----
    The trap: a scatter has no points where values are missing, so positions are counted anew.
    """
    series = list(chart.plots[0].series)
    is_scatter = chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    for mark in (*labels.marks, *labels.ends):
        line = lines[mark.line]
        place = mark.place
        if is_scatter:
            place = sum(value is not None for value in line.values[:place])
        point = series[mark.line].points[place]
        is_end = mark in labels.ends
        if not is_end:
            _dot(point)
        if mark.side is not None:
            _words(point, mark, line.colour if is_end else INK, is_bold=is_end, area=area)


def _path(picture: Picture, line: Line, area: PlotArea, scale: Scale) -> dict[int, Point]:
    """The line's points on the plot, by position of the category."""
    count = len(picture.categories)
    numbers = [c for c in picture.categories if not isinstance(c, str)]
    is_numeric = len(numbers) == count and count > 1
    low, span = (min(numbers), max(numbers) - min(numbers)) if is_numeric else (0, 1)
    width = area.inner[0]
    path = {}
    for place, value in enumerate(line.values):
        if value is not None:
            share = (numbers[place] - low) / span if is_numeric else (place + 0.5) / count
            path[place] = Point(share * width, area.height_of(value, scale))
    return path


def _side(
    areas: dict[Side, Rectangle],
    taken: Sequence[Rectangle],
    lines: Sequence[Line],
    paths: Sequence[dict[int, Point]],
    bounds: Rectangle,
    anywhere: Sequence[Sequence[Sequence[Point]]],
) -> Side | None:
    every = [list(path.values()) for path in paths]
    strong = [p for i, (p, line) in enumerate(zip(every, lines, strict=True)) if line.is_named]
    for obstacles in (every, strong, *anywhere):
        side = free_side(areas, taken=taken, lines=obstacles, bounds=bounds)
        if side is not None:
            return side
    return None


def _mark(
    picture: Picture,
    highlight: Highlight,
    lines: Sequence[Line],
    paths: Sequence[dict[int, Point]],
    taken: list[Rectangle],
    bounds: Rectangle,
) -> Mark | None:
    """The mark of a highlight on its line, or on the foremost one; None where that has no value."""
    names = [line.name for line in lines]
    wanted = neutralise(highlight.series) if highlight.series else names[-1]
    if wanted not in names or highlight.category not in picture.categories:
        return None
    i, place = names.index(wanted), picture.categories.index(highlight.category)
    if place not in paths[i]:
        return None
    areas = {
        side: label_area(paths[i][place], highlight.label, size=FONT, side=side) for side in _SIDES
    }
    # Rather across a line than a mark of which nobody knows what it says; many are told by the others.
    anywhere: list[list[list[Point]]] = [[]] if len(picture.highlights) <= _FEW_MARKS else []
    side = _side(areas, taken, lines, paths, bounds, anywhere)
    if side is not None:
        taken.append(areas[side])
    return Mark(i, place, highlight.label, side)


def _dot(point: Any) -> None:
    point.marker.style, point.marker.size = XL_MARKER_STYLE.CIRCLE, 8
    point.marker.format.fill.solid()
    point.marker.format.fill.fore_color.rgb = rgb(INK)
    point.marker.format.line.fill.background()


def _words(point: Any, mark: Mark, colour: str, *, is_bold: bool, area: PlotArea) -> None:
    label = point.data_label
    label.has_text_frame = True
    label.text_frame.text = UNWRITABLE.sub("", mark.words)
    label.text_frame.word_wrap = False
    side = mark.side or "right"
    label.position = _POSITIONS[side.split()[-1]]
    if side in SHIFTS:
        out, lines = SHIFTS[side]
        right = -out if side.endswith("left") else out
        shift_label(label, right=right / area.width, down=-lines * FONT * LINE_HEIGHT / area.height)
    font = label.text_frame.paragraphs[0].font
    font.size, font.bold = Pt(FONT), is_bold
    font.color.rgb = rgb(colour)
