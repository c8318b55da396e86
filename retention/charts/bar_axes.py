"""The plane on which bars stand, or lie."""

from __future__ import annotations

from matplotlib.axes import Axes

from retention.charts.picture import Picture


def limit_bar_axes(picture: Picture, ax: Axes, limits: tuple[float, float]) -> None:
    """Limits of both axes, of the values as given; lying bars are read from the top."""
    count = len(picture.categories)
    if picture.is_horizontal:
        ax.set_xlim(*limits)
        ax.set_ylim(count - 0.45, -0.55)
    else:
        ax.set_ylim(*limits)
        ax.set_xlim(-0.55, count - 0.45)
    ax.grid(False)
