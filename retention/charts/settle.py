"""The layout of a figure, made before it is drawn."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure


def settle(ax: Axes) -> None:
    """Let the figure arrange itself, so that sizes in pixels can be measured."""
    root = ax.figure.canvas.figure
    engine = root.get_layout_engine()
    if isinstance(root, Figure) and engine is not None:
        engine.execute(root)
