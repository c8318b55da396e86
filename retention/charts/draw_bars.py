"""Bars, side by side or stacked, upright or lying."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from retention.charts.axis import format_values, value_limits
from retention.charts.bar_axes import limit_bar_axes
from retention.charts.category_names import characters, name_categories
from retention.charts.colours import FAINT_TEXT, GREY_TEXT, INK, PALE_BAR, PAPER
from retention.charts.labels import Label
from retention.charts.number import format_number
from retention.charts.picture import Picture, Series
from retention.charts.series_colours import series_colours

Values = npt.NDArray[np.float64]
# With more bars than this, numbers on them would be noise: the axis carries them.
_LABELLED_BARS = 24


class _Bars(NamedTuple):
    """One series of bars: where they stand, how thick they are, and on what they rest."""

    series: Series
    colour: str
    centres: Values
    thickness: float
    base: Values


def draw_bars(picture: Picture, ax: Axes) -> list[Label]:
    """Draw the bars and return the labels to be set once the layout stands."""
    groups, lines = _arrange(picture)
    has_numbers = _has_numbers(picture, ax)
    limits = value_limits(_extremes([*groups, *lines]), 0.14 if has_numbers else 0.05)
    limit_bar_axes(picture, ax, limits)
    for bars in groups:
        container = _draw(picture, ax, bars)
        _hatch_partial(bars, container)
        _pale_small(bars, container)
        if has_numbers:
            _write_numbers(picture, ax, bars)
    for line in lines:
        _draw_line(line, ax)
    axis = ax.xaxis if picture.is_horizontal else ax.yaxis
    if limits[0] < 0:
        (ax.axvline if picture.is_horizontal else ax.axhline)(0, color=FAINT_TEXT, lw=1, zorder=2.5)
        ax.spines["left" if picture.is_horizontal else "bottom"].set_visible(False)
    format_values(axis, picture, limits)
    if has_numbers:
        axis.set_ticks([])
    name_categories(picture, ax)
    return _highlight_labels(picture, groups) + _name_series(picture, ax, [*groups, *lines])


def _arrange(picture: Picture) -> tuple[list[_Bars], list[_Bars]]:
    """Bars side by side within each category, or stacked away from zero; and the lines over them."""
    places = np.arange(len(picture.categories), dtype=float)
    nothing = np.zeros(len(places))
    above, below = nothing, nothing
    named = list(zip(picture.series, series_colours(picture), strict=True))
    lines = [_Bars(series, INK, places, 0.0, nothing) for series, _ in named if series.is_line]
    bars = [pair for pair in named if not pair[0].is_line]
    groups = []
    for i, (series, colour) in enumerate(bars):
        if picture.kind == "stacked_bar":
            lengths = _numbers(series)
            groups.append(_Bars(series, colour, places, 0.82, np.where(lengths < 0, below, above)))
            above, below = above + lengths.clip(min=0), below + lengths.clip(max=0)
            continue
        thickness = 0.72 / len(bars)
        centres = places + (i - (len(bars) - 1) / 2) * thickness
        groups.append(_Bars(series, colour, centres, thickness * 0.94, nothing))
    return groups, lines


def _draw_line(line: _Bars, ax: Axes) -> None:
    """A line with dots over upright bars; no value is a gap."""
    heights = [math.nan if value is None else value for value in line.series.values]
    ax.plot(
        line.centres, heights, color=line.colour, linewidth=2, marker="o", markersize=4, zorder=4,
        label=line.series.name,
    )  # fmt: skip


def _numbers(series: Series) -> Values:
    """The bars' lengths; no value is no bar."""
    return np.array([0.0 if v is None else v for v in series.values], dtype=float)


def _extremes(groups: list[_Bars]) -> list[float | None]:
    """Everything the value axis must hold: ends of bars and of intervals."""
    ends = [float(v) for bars in groups for v in bars.base + _numbers(bars.series)]
    limits = [v for bars in groups for v in (bars.series.low or ()) + (bars.series.high or ())]
    return [*ends, *limits]


def _has_numbers(picture: Picture, ax: Axes) -> bool:
    """Whether each bar bears its number, which must not touch the next; the axis then needs none."""
    bars = len(picture.series) * len(picture.categories)
    if picture.kind != "bar" or bars > _LABELLED_BARS:
        return False
    written = [_number(picture, v) for s in picture.series for v in s.values if v is not None]
    longest = max(map(len, written), default=0)
    # Numbers of a pair must not be read as one.
    gap = 1 if len(picture.series) > 1 else 0
    return picture.is_horizontal or longest + gap <= characters(ax, bars)


def _draw(picture: Picture, ax: Axes, bars: _Bars) -> BarContainer:
    """The bars of one series with their intervals."""
    lengths = _numbers(bars.series)
    if picture.is_horizontal:
        container = ax.barh(bars.centres, lengths, bars.thickness, left=bars.base)
    else:
        container = ax.bar(bars.centres, lengths, bars.thickness, bottom=bars.base)
    for bar in container.patches:
        bar.set(facecolor=bars.colour, edgecolor=PAPER, linewidth=0.8, zorder=2)
    container.set_label(bars.series.name)
    _draw_intervals(picture, ax, bars)
    return container


def _draw_intervals(picture: Picture, ax: Axes, bars: _Bars) -> None:
    """A thin line from the lower to the upper limit of each bar."""
    if bars.series.low is None or bars.series.high is None:
        return
    triples = zip(bars.centres, bars.series.low, bars.series.high, strict=True)
    for centre, low, high in triples:
        if low is None or high is None:
            continue
        along, across = [low, high], [centre, centre]
        where = (along, across) if picture.is_horizontal else (across, along)
        ax.plot(*where, color=INK, linewidth=1.4, zorder=3)


def _hatch_partial(bars: _Bars, container: BarContainer) -> None:
    """Stripes on the bars of a period that is not over."""
    for bar, is_partial in zip(container.patches, bars.series.is_partial or (), strict=False):
        if is_partial:
            bar.set_hatch("////")
            bar.set_alpha(0.65)


def _pale_small(bars: _Bars, container: BarContainer) -> None:
    """Grey for bars that say nothing for sure."""
    for bar, is_small in zip(container.patches, bars.series.is_small or (), strict=False):
        if is_small:
            bar.set_facecolor(PALE_BAR)


def _write_numbers(picture: Picture, ax: Axes, bars: _Bars) -> None:
    """The number at the end of each bar, beyond its interval: below one that hangs down."""
    series = bars.series
    lows, highs = series.low or series.values, series.high or series.values
    for centre, value, low, high in zip(bars.centres, series.values, lows, highs, strict=True):
        if value is None:
            continue
        hangs = value < 0
        end = low if hangs else high
        tip = value if end is None else min(value, end) if hangs else max(value, end)
        sign = -1 if hangs else 1
        ax.annotate(
            _number(picture, value),
            (tip, centre) if picture.is_horizontal else (centre, tip),
            (5 * sign, 0) if picture.is_horizontal else (0, 4 * sign),
            textcoords="offset points",
            ha=("right" if hangs else "left") if picture.is_horizontal else "center",
            va="center" if picture.is_horizontal else "top" if hangs else "bottom",
            fontsize=10,
            color=INK,
        )


def _number(picture: Picture, value: float) -> str:
    return format_number(value, number_format=picture.number_format, currency=picture.currency)


def _highlight_labels(picture: Picture, groups: list[_Bars]) -> list[Label]:
    """Words over the highest bar of a highlighted category."""
    places = {category: i for i, category in enumerate(picture.categories)}
    labels = []
    for highlight in picture.highlights:
        if highlight.category in places and not picture.is_horizontal:
            i = places[highlight.category]
            top = max(float(bars.base[i] + _numbers(bars.series)[i]) for bars in groups)
            labels.append(Label(highlight.label, float(i), top, INK, 0, True, "above"))
    return labels


def _name_series(picture: Picture, ax: Axes, groups: list[_Bars]) -> list[Label]:
    """Names beside the last stack; a legend only where bars stand side by side or lie."""
    if len(groups) == 1:
        return []
    if picture.kind == "stacked_bar" and not picture.is_horizontal:
        last = len(picture.categories) - 1
        middles = [
            float(b.base[-1] + _numbers(b.series)[-1] / (1 + (b.thickness > 0))) for b in groups
        ]
        return [
            Label(b.series.name, last + 0.42, middle, INK, i)
            for i, (b, middle) in enumerate(zip(groups, middles, strict=True))
        ]
    ax.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(groups),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        handlelength=1.2,
        labelcolor=GREY_TEXT,
    )
    return []
