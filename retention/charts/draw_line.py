"""Lines over ages or days: bands, highlights, and the labels that stand at the lines' ends."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from retention.charts.axis import format_values, value_limits
from retention.charts.colours import FAINT_TEXT, GREY_TEXT, INK
from retention.charts.contrast import ink_of
from retention.charts.labels import Label
from retention.charts.number import format_number
from retention.charts.picture import Highlight, Picture, Role, Series
from retention.charts.series_colours import MANY_LINES, series_colours

Values = npt.NDArray[np.float64]
_WIDTHS: dict[Role, float] = {"main": 3.0, "accent": 2.4, "plain": 1.8, "muted": 1.0}
_RANKS: dict[Role, int] = {"main": 0, "accent": 1, "plain": 2, "muted": 3}
_CHARACTER_POINTS = 6.2


def draw_line(picture: Picture, ax: Axes) -> list[Label]:
    """Draw the lines and return the labels to be set once the layout stands."""
    x = _positions(picture)
    colours = series_colours(picture)
    everything = [v for s in picture.series for part in _parts(s) for v in part]
    limits = value_limits(everything, 0.08)
    ax.set_ylim(*limits)
    ax.set_xlim(*_x_limits(x))
    for series, colour in zip(picture.series, colours, strict=True):
        _draw_series(ax, x, series, colour)
    format_values(ax.yaxis, picture, limits)
    _tick(picture, ax, x)
    labels = [
        label
        for highlight in picture.highlights
        for label in _draw_highlight(picture, ax, x, highlight)
    ]
    return labels + _end_labels(picture, x, colours)


def _positions(picture: Picture) -> Values:
    """Numbers are their own place on the axis; words stand side by side."""
    if any(isinstance(category, str) for category in picture.categories):
        return np.arange(len(picture.categories), dtype=float)
    return np.array(picture.categories, dtype=float)


def _parts(series: Series) -> list[tuple[float | None, ...]]:
    """The values of a series with those of its band."""
    return [series.values, series.low or (), series.high or ()]


def _numbers(values: tuple[float | None, ...]) -> Values:
    """Values with gaps as not-a-number, which matplotlib leaves out."""
    return np.array([math.nan if v is None else v for v in values], dtype=float)


def _x_limits(x: Values) -> tuple[float, float]:
    """All positions with a little air; never an empty range."""
    low, high = float(x.min()), float(x.max())
    room = (high - low) * 0.015 or 0.5
    return low - room, high + room


def _draw_series(ax: Axes, x: Values, series: Series, colour: str) -> None:
    """One line with its band; a lone value is a dot, or it would not be seen."""
    y = _numbers(series.values)
    known = np.flatnonzero(np.isfinite(y))
    if series.low is not None and series.high is not None:
        low, high = _numbers(series.low), _numbers(series.high)
        ax.fill_between(x, low, high, color=colour, alpha=0.16, linewidth=0, zorder=2)
    dots = [int(known[-1])] if len(known) == 1 or (len(known) and series.role == "accent") else []
    ax.plot(
        x,
        y,
        color=colour,
        linewidth=_WIDTHS[series.role],
        label=series.name,
        zorder=3 + (3 - _RANKS[series.role]) * 0.2,
        marker="o",
        markersize=5,
        markevery=dots,
        solid_capstyle="round",
    )


def _tick(picture: Picture, ax: Axes, x: Values) -> None:
    """Ticks at the noted categories, at whole numbers, or at as many words as have room."""
    ax.tick_params(axis="x", colors=GREY_TEXT, labelsize=9.5, length=3)
    places = dict(zip(picture.categories, x, strict=True))
    if picture.category_notes:
        notes = _notes_with_room(picture, ax, places)
        ax.set_xticks([places[c] for c, _ in notes], [f"{c}\n{note}" for c, note in notes])
    elif isinstance(picture.categories[0], str):
        step = _step(picture, ax)
        ax.set_xticks(x[::step], [str(c) for c in picture.categories[::step]])
    else:
        ax.xaxis.set_major_locator(MaxNLocator(12, integer=True))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: format_number(tick)))


def _step(picture: Picture, ax: Axes) -> int:
    """Every how many-th name has room beside the next, at most twelve of them."""
    longest = max(len(str(category)) for category in picture.categories)
    # Names at the ends of several lines will take their part of the width.
    share = 1.0 if len(picture.series) == 1 else 0.75
    points = share * ax.get_window_extent().width * 72 / ax.figure.dpi
    count = len(picture.categories)
    return max(
        math.ceil(count / 12), math.ceil(count * (longest + 1.5) * _CHARACTER_POINTS / points)
    )


def _notes_with_room(
    picture: Picture, ax: Axes, places: dict[str | float, float]
) -> list[tuple[str | float, str]]:
    """The notes that stand clear of all more important ones, which come first."""
    low, high = ax.get_xlim()
    points = ax.get_window_extent().width * 72 / ax.figure.dpi / (high - low)
    kept: list[tuple[str | float, str]] = []
    for category, note in picture.category_notes:
        width = max(len(str(category)), len(note)) * _CHARACTER_POINTS + 6
        far = [
            abs(places[category] - places[other]) * points > width
            for other, _ in kept
            if category in places
        ]
        if category in places and all(far):
            kept.append((category, note))
    return sorted(kept, key=lambda pair: places[pair[0]])


def _draw_highlight(picture: Picture, ax: Axes, x: Values, highlight: Highlight) -> list[Label]:
    """A dot on a line, or an upright line over the whole height, and its label."""
    place = dict(zip(picture.categories, range(len(x)), strict=True)).get(highlight.category)
    if place is None:
        return []
    at = float(x[place])
    if highlight.series is None:
        ax.axvline(at, color=FAINT_TEXT, linewidth=1.2, linestyle=(0, (4, 3)), zorder=2.5)
        return [Label(highlight.label, at, ax.get_ylim()[1], INK, 0, True, "upright")]
    value = {s.name: s.values[place] for s in picture.series}.get(highlight.series)
    if value is None:
        return []
    ax.plot([at], [value], "o", color=INK, markersize=6, zorder=5)
    return [Label(highlight.label, at, value, INK, 0, True)]


def _end_labels(picture: Picture, x: Values, colours: tuple[str, ...]) -> list[Label]:
    """Name and last value beside the end of each line; a single line needs no name."""
    if len(picture.series) == 1:
        return []
    labels = []
    largest = max((v for s in picture.series for v in s.values if v is not None), default=0.0)
    for series, colour in zip(picture.series, colours, strict=True):
        known = [i for i, value in enumerate(series.values) if value is not None]
        if not known or (series.role == "muted" and len(picture.series) > MANY_LINES):
            continue
        last = _written(picture, series, largest)
        words = f"{series.name} {last}" if series.role in ("main", "accent") else series.name
        labels.append(_end_label(series, words, colour, float(x[known[-1]])))
    return labels


def _written(picture: Picture, series: Series, largest: float) -> str:
    """The last value of a line, in the unit of the axis."""
    return format_number(
        _last(series),
        number_format=picture.number_format,
        currency=picture.currency,
        largest=largest,
    )


def _last(series: Series) -> float:
    """The last value that is known."""
    return next(value for value in reversed(series.values) if value is not None)


def _end_label(series: Series, words: str, colour: str, at: float) -> Label:
    """One label in the colour of its line, darker where it could not be read on white."""
    is_bold = series.role in ("main", "accent")
    ink = GREY_TEXT if series.role == "muted" else ink_of(colour)
    rank = _RANKS[series.role]
    return Label(words, at, _last(series), ink, rank, is_bold, tie=colour)
