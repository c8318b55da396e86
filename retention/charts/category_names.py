"""The words below, or beside, the categories of bars."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes

from retention.charts.colours import INK
from retention.charts.picture import Picture
from retention.charts.wrapping import shorten

_CHARACTER_POINTS = 6.2
# So many names lean where they have no room to stand; of more, only some are written.
_LEANING_NAMES = 12
# Up to so many lying bars, long names have two lines beside their notes.
_ROOMY = 6
# Axes with room for so many characters leave room for long names beside lying bars.
_WIDE = 80


def name_categories(picture: Picture, ax: Axes) -> None:
    """Category names with their notes: in lines, leaning, or every k-th where there are many."""
    places = np.arange(len(picture.categories))
    notes = dict(picture.category_notes)
    if picture.is_horizontal:
        width = 34 if characters(ax, 1) > _WIDE else 24
        # A name with a note has one line, so that as many rows fit.
        lines = 1 if notes and len(places) > _ROOMY else 2
        ax.set_yticks(places, [_name(c, notes, width, lines) for c in picture.categories])
        ax.tick_params(axis="y", length=0, labelsize=9.5, labelcolor=INK)
        ax.spines["bottom"].set_visible(False)
        return
    ax.tick_params(axis="x", length=0, pad=6, labelsize=9.5, labelcolor=INK)
    room = characters(ax, len(places))
    longest = max(len(word) for c in picture.categories for word in str(c).split() or [""])
    if longest <= room:
        ax.set_xticks(places, [_name(c, notes, int(room), 3) for c in picture.categories])
    elif len(places) <= _LEANING_NAMES:
        names = [_name(c, notes, 30, 2) for c in picture.categories]
        ax.set_xticks(places, names, rotation=35, ha="right", rotation_mode="anchor")
    else:
        step = math.ceil((min(longest, 12) + 3) / room)
        names = [_name(c, notes, 12, 3) for c in picture.categories]
        ax.set_xticks(places[::step], names[::step])


def characters(ax: Axes, count: int) -> float:
    """How many characters each of `count` categories has room for."""
    inches = ax.get_window_extent().width / ax.figure.dpi
    return inches * 72 / count / _CHARACTER_POINTS


def _name(category: str | float, notes: dict[str | float, str], width: int, lines: int) -> str:
    """A category's name over its note."""
    name = shorten(str(category), width, lines)
    return f"{name}\n{notes[category]}" if category in notes else name
