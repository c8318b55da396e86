"""The axis that carries the values, and the words under the categories."""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.axis import Axis
from matplotlib.ticker import FuncFormatter, MaxNLocator

from retention.charts.colours import GREY_TEXT, GRID
from retention.charts.number import format_number, signed_points
from retention.charts.picture import Picture


def value_limits(values: Iterable[float | None], headroom: float) -> tuple[float, float]:
    """Limits that hold zero, every value, and some room above for labels."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    if low == high:
        return 0.0, 1.0
    room = (high - low) * headroom
    return low - (room if low < 0 else 0.0), high + (room if high > 0 else 0.0)


def format_values(axis: Axis, picture: Picture, limits: tuple[float, float]) -> None:
    """Ticks of the value axis in the picture's number format, with a light grid."""
    span = limits[1] - limits[0]
    digits: int | None = None
    if picture.number_format in ("percent", "points"):
        digits = 0 if span > 0.05 else 1
    if picture.number_format == "money":
        digits = 0 if span > 5 else 2
    axis.set_major_locator(MaxNLocator(6, integer=picture.number_format == "integer"))
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: _tick(value, picture, digits, limits[1]))
    )
    axis.grid(True, color=GRID, linewidth=0.8)
    axis.set_tick_params(length=0, colors=GREY_TEXT, labelsize=9.5)


def _tick(value: float, picture: Picture, digits: int | None, largest: float) -> str:
    """A number at the axis; points have their unit in the axis' own words."""
    if picture.number_format == "points":
        return signed_points(value, digits=digits or 0)
    return format_number(
        value,
        number_format=picture.number_format,
        currency=picture.currency,
        digits=digits,
        largest=largest,
    )
