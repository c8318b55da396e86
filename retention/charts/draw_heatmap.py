"""A heatmap with one colour scale, its numbers in the cells, and the customers at the left."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import matplotlib.patheffects as effects
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from retention.charts.cell_ink import FADED, cell_ink, faded
from retention.charts.colours import (
    BLANK_CELL,
    FAINT_TEXT,
    GREY_TEXT,
    INK,
    PAPER,
    heat_colour,
)
from retention.charts.labels import Label
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.settle import settle

_ROW_INCHES, _NOTED_INCHES, _OTHER_INCHES = 0.26, 0.38, 1.9
# The pooled row stands a little apart from the cohorts.
_POOLED_GAP = 0.25
_SMALLEST_TYPE = 5.5
# A square of this side has room for its number.
_HOLDS_NUMBER = 0.45
# Points of a digit at an axis, between two of its numbers, and of a row's name.
_DIGIT_POINTS, _GAP_POINTS, _NAME_POINTS = 5.6, 5.0, 11.5
# Widths of a cell, in its type size, with room for "46%", and for "4.6%" in bold.
_SHORT_NUMBER, _LONG_NUMBER = 3.1, 4.0
# Blanks as wide as a digit and as a comma.
_FIGURE_SPACE, _COMMA_SPACE = "\u2007", "\u2008"


class _Cell(NamedTuple):
    """One cell: where it stands and what is known of it."""

    column: int
    top: float
    value: float
    share: float | None
    is_partial: bool
    is_small: bool
    is_pooled: bool
    # The side of its square, and what is written in it, where sizes are shown.
    side: float = 0.0
    size: float | None = None
    note: str = ""


def heatmap_height(picture: Picture) -> float:
    """Inches that a heatmap needs so that every row can be read; 0 for other charts."""
    if picture.kind != "heatmap":
        return 0.0
    each = _NOTED_INCHES if _has_notes(picture) else _ROW_INCHES
    return len(picture.series) * each + _OTHER_INCHES


def _has_notes(picture: Picture) -> bool:
    return any(any(series.notes or ()) for series in picture.series)


def draw_heatmap(picture: Picture, ax: Axes) -> list[Label]:
    """Draw the cells with their numbers; there are no labels left to place."""
    tops = _row_tops(picture)
    ax.set_xlim(0, len(picture.categories))
    ax.set_ylim(tops[-1] + 1, 0)
    ax.grid(False)
    ax.spines[:].set_visible(False)
    scale = picture.scale_max or _largest(picture)
    _name_columns(picture, ax)
    _name_rows(picture, ax, tops)
    # The names of the rows decide how wide the cells are.
    settle(ax)
    size = _type_size(picture, ax)
    for series, top in zip(picture.series, tops, strict=True):
        for cell in _cells(picture, series, top, scale):
            _draw_cell(picture, ax, cell, size)
    return []


def _row_tops(picture: Picture) -> list[float]:
    """Where each row begins, counted from the top."""
    tops, gap = [], 0.0
    for i, series in enumerate(picture.series):
        gap = _POOLED_GAP if series.role == "main" else gap
        tops.append(i + gap)
    return tops


def _largest(picture: Picture) -> float:
    """The largest coloured value, where the picture names no scale."""
    values = [
        value
        for series in picture.series
        for category, value in zip(picture.categories, series.values, strict=True)
        if value is not None and category not in picture.uncoloured
    ]
    return max(values, default=1.0) or 1.0


def _type_size(picture: Picture, ax: Axes) -> float:
    """Points of type with which a number fits its cell."""
    frame = ax.get_window_extent()
    points = 72 / ax.figure.dpi
    height = frame.height * points / len(picture.series)
    width = _cell_points(picture, ax)
    lines = 0.42 if _has_notes(picture) else 0.6
    return min(9.5, height * lines, width / _SHORT_NUMBER)


def _cell_points(picture: Picture, ax: Axes) -> float:
    """Points from one side of a cell to the other."""
    return ax.get_window_extent().width * 72 / ax.figure.dpi / len(picture.categories)


def _cells(picture: Picture, series: Series, top: float, scale: float) -> list[_Cell]:
    """The cells of a row that have a value; the future stays blank."""
    count = len(series.values)
    partial = series.is_partial or (False,) * count
    small = series.is_small or (False,) * count
    sizes = series.sizes or (None,) * count
    notes = series.notes or ("",) * count
    return [
        _Cell(
            i,
            top,
            value,
            None if picture.categories[i] in picture.uncoloured else value / scale,
            partial[i],
            small[i],
            series.role == "main",
            _side(picture, sizes[i]),
            sizes[i],
            notes[i],
        )
        for i, value in enumerate(series.values)
        if value is not None
    ]


def _side(picture: Picture, size: float | None) -> float:
    """The side of a square whose area is the size, the largest filling its cell; none for no size."""
    if size is None:
        return 0.0
    largest = max((s for series in picture.series for s in series.sizes or () if s), default=1.0)
    return math.sqrt(size / largest)


def _draw_cell(picture: Picture, ax: Axes, cell: _Cell, size: float) -> None:
    """A coloured square, striped if partial, with its number, grey if it rests on few."""
    width = _cell_points(picture, ax)
    margin = (1 - cell.side) / 2 if cell.size is not None else 0.0
    ax.add_patch(
        Rectangle(
            (cell.column + 0.02 + 0.96 * margin, cell.top + 0.03 + 0.94 * margin),
            0.96 * (1 - 2 * margin),
            0.94 * (1 - 2 * margin),
            facecolor=_face(cell),
            edgecolor=FAINT_TEXT if cell.is_partial else PAPER,
            linewidth=0,
            hatch="////" if cell.is_partial else None,
            alpha=FADED if cell.is_small else None,
        )
    )
    step = math.ceil(_SHORT_NUMBER * _SMALLEST_TYPE / width)
    if size >= _SMALLEST_TYPE:
        _write_number(picture, ax, cell, size)
    elif cell.is_pooled and cell.column % step == step // 2:
        # Of narrow cells, the pooled row has a number for as many as have room, clear of its name.
        _write_number(picture, ax, cell, _SMALLEST_TYPE)


def _write_number(picture: Picture, ax: Axes, cell: _Cell, size: float) -> None:
    """In the middle of the cell; below a square that is too small to hold it; above a note."""
    is_below = cell.size is not None and cell.side < _HOLDS_NUMBER
    if cell.note:
        _write_note(picture, ax, cell, size)
    middle = 0.33 if cell.note else 0.5
    number = ax.text(
        cell.column + 0.5,
        cell.top + middle + (0.47 * cell.side + 0.02 if is_below else 0.0),
        _words(picture, cell, _cell_points(picture, ax) < _LONG_NUMBER * size),
        ha="center",
        va="top" if is_below else "center",
        fontsize=size,
        fontweight="bold" if cell.is_pooled else "normal",
        color=INK if is_below else _ink(cell),
    )
    if cell.is_partial and not cell.is_small:
        number.set_path_effects([effects.withStroke(linewidth=2.5, foreground=_face(cell))])


def _write_note(picture: Picture, ax: Axes, cell: _Cell, size: float) -> None:
    """A second, smaller line in the lower half."""
    room = _cell_points(picture, ax) / (0.66 * len(cell.note))
    ax.text(
        cell.column + 0.5,
        cell.top + 0.7,
        cell.note,
        ha="center",
        va="center",
        fontsize=min(0.78 * size, room),
        color=_ink(cell),
    )


def _words(picture: Picture, cell: _Cell, is_narrow: bool) -> str:
    if cell.size is not None:
        return format_number(cell.size)
    return format_number(
        cell.value,
        number_format=picture.number_format,
        currency=picture.currency,
        digits=_digits(picture, cell, is_narrow),
    )


def _digits(picture: Picture, cell: _Cell, is_narrow: bool) -> int | None:
    """Decimals that say something, and have room; the usual ones of the format where None."""
    if picture.number_format == "percent":
        return 0 if is_narrow or cell.value >= 0.0995 else None
    return 1 if is_narrow and picture.number_format == "decimal" else None


def _face(cell: _Cell) -> str:
    """The cell's colour on the one scale of the grid."""
    return BLANK_CELL if cell.share is None else heat_colour(cell.share)


def _ink(cell: _Cell) -> str:
    """White on dark cells, dark on light ones, grey where few customers stand behind."""
    face = _face(cell)
    return cell_ink(faded(face), is_small=True) if cell.is_small else cell_ink(face)


def _name_columns(picture: Picture, ax: Axes) -> None:
    """The ages above the cells, as in a table."""
    count = len(picture.categories)
    longest = max(len(str(category)) for category in picture.categories)
    room = ax.get_window_extent().width * 72 / ax.figure.dpi / count
    step = math.ceil((longest * _DIGIT_POINTS + _GAP_POINTS) / room)
    # Of ages some are enough; words lean, so that all of them can be read.
    leans = step > 1 and any(str(category)[0].isalpha() for category in picture.categories)
    places = range(0, count, 1 if leans else step)
    ax.xaxis.set_ticks_position("top")
    ax.xaxis.set_label_position("top")
    leaning: dict[str, Any] = (
        {"rotation": 40, "ha": "left", "rotation_mode": "anchor"} if leans else {}
    )
    names = [str(picture.categories[i]) for i in places]
    ax.set_xticks([i + 0.5 for i in places], names, **leaning)
    ax.tick_params(axis="x", length=0, colors=GREY_TEXT, labelsize=9)


def _name_rows(picture: Picture, ax: Axes, tops: list[float]) -> None:
    """Row names with the number of customers, right-aligned under one heading."""
    counts = ["" if s.customers is None else format_number(s.customers) for s in picture.series]
    width = max(len(count) for count in counts)
    names = [
        f"{series.name}   {_pad(count, width)}"
        for series, count in zip(picture.series, counts, strict=True)
    ]
    kept = _named_rows(picture, ax)
    ax.set_yticks([tops[i] + 0.5 for i in kept], [names[i] for i in kept])
    ax.tick_params(axis="y", length=0, labelsize=9, labelcolor=INK)
    for label, i in zip(ax.get_yticklabels(), kept, strict=True):
        label.set_fontweight("bold" if picture.series[i].role == "main" else "normal")
    ax.annotate(
        picture.row_label,
        (0, 1),
        (-4, 6),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=9,
        color=GREY_TEXT,
    )


def _named_rows(picture: Picture, ax: Axes) -> list[int]:
    """The rows whose names have room, counted from the last: the newest, and the pooled one."""
    count = len(picture.series)
    room = ax.get_window_extent().height * 72 / ax.figure.dpi / (count + _POOLED_GAP)
    return sorted(range(count - 1, -1, -math.ceil(_NAME_POINTS / room)))


def _pad(count: str, width: int) -> str:
    """The count with blanks as wide as digits before it, so that the column is straight."""
    missing = _FIGURE_SPACE * (width - len(count))
    if missing and len(count) <= 3 < width:
        missing = _COMMA_SPACE + missing[1:]
    return missing + count
