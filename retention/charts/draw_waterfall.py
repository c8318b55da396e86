"""A waterfall: totals that stand on zero, and the steps that lead from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from retention.charts.axis import format_values, value_limits
from retention.charts.bar_axes import limit_bar_axes
from retention.charts.category_names import name_categories
from retention.charts.colours import FAINT_TEXT, INK, role_colour
from retention.charts.labels import Label
from retention.charts.picture import Picture
from retention.charts.waterfall import Step, step_words, steps_of

_THICKNESS = 0.66


def draw_waterfall(picture: Picture, ax: Axes) -> list[Label]:
    """Draw the steps, a line from the end of each to the next, and the number at each."""
    steps = steps_of(picture)
    limits = value_limits([end for step in steps for end in (step.low, step.high)], 0.12)
    limit_bar_axes(picture, ax, limits)
    for place, step in enumerate(steps):
        ax.add_patch(_bar(picture, place, step))
        _write_number(picture, ax, place, step)
    _connect(picture, ax, steps)
    axis = ax.xaxis if picture.is_horizontal else ax.yaxis
    if limits[0] < 0:
        (ax.axvline if picture.is_horizontal else ax.axhline)(0, color=FAINT_TEXT, lw=1, zorder=2.5)
        ax.spines["left" if picture.is_horizontal else "bottom"].set_visible(False)
    format_values(axis, picture, limits)
    axis.set_ticks([])
    name_categories(picture, ax)
    return []


def step_colour(step: Step) -> str:
    """The colour of a step: grey for totals, one for up and one for down; the sign says it, too."""
    return role_colour("muted" if step.is_total else "main" if step.change >= 0 else "accent")


def _bar(picture: Picture, place: int, step: Step) -> Rectangle:
    corner, thin = place - _THICKNESS / 2, _THICKNESS
    long = step.high - step.low
    if picture.is_horizontal:
        return Rectangle((step.low, corner), long, thin, color=step_colour(step), lw=0, zorder=2)
    return Rectangle((corner, step.low), thin, long, color=step_colour(step), lw=0, zorder=2)


def _write_number(picture: Picture, ax: Axes, place: int, step: Step) -> None:
    """Above the bar, or right of it; where all of it lies below zero, on the other side."""
    hangs = step.high <= 0 and step.low < 0
    end, sign = (step.low, -1) if hangs else (step.high, 1)
    lies = picture.is_horizontal
    ax.annotate(
        step_words(picture, step),
        (end, place) if lies else (place, end),
        (5 * sign, 0) if lies else (0, 4 * sign),
        textcoords="offset points",
        ha=("right" if hangs else "left") if lies else "center",
        va="center" if lies else "top" if hangs else "bottom",
        fontsize=10,
        fontweight="bold" if step.is_total else "normal",
        color=INK,
    )


def _connect(picture: Picture, ax: Axes, steps: Sequence[Step]) -> None:
    """A thin line at the level that one step reaches and the next begins at."""
    half = _THICKNESS / 2
    for place, (step, _) in enumerate(pairwise(steps)):
        along, level = [place + half, place + 1 - half], [step.end, step.end]
        where = (level, along) if picture.is_horizontal else (along, level)
        ax.plot(*where, color=FAINT_TEXT, linewidth=0.9, zorder=1.5)
