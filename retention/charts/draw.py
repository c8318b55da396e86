"""Draws any `Picture` on matplotlib axes: title, axes, footer, and the marks of its kind."""

from __future__ import annotations

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.text import Annotation, Text
from matplotlib.transforms import ScaledTranslation, Transform

from retention.charts.colours import GREY_TEXT, INK
from retention.charts.draw_bars import draw_bars
from retention.charts.draw_heatmap import draw_heatmap, heatmap_height
from retention.charts.draw_line import draw_line
from retention.charts.draw_waterfall import draw_waterfall
from retention.charts.labels import add_labels, separate
from retention.charts.picture import Picture
from retention.charts.picture_check import check_picture
from retention.charts.settle import settle
from retention.charts.style import figure_size
from retention.charts.style_sheet import style_sheet
from retention.charts.wrapping import fill
from retention.errors import ArgumentError, shown

# Points from one line of grey words above the axes to the next.
_LINE = 15.0
_GREY_POINTS = 9.5
# Saved at a low resolution, words come out up to 12 % wider than they were measured.
_FILLED = 0.88
_DRAWERS = {
    "line": draw_line,
    "bar": draw_bars,
    "stacked_bar": draw_bars,
    "waterfall": draw_waterfall,
    "heatmap": draw_heatmap,
}


def draw_picture(picture: Picture, *, ax: Axes | None = None) -> Axes:
    """Draw a picture with matplotlib.

    Parameters
    ----------
    picture : Picture
        What to draw, from one of the `describe_` functions.
    ax : Axes or None
        Where to draw; by default a new figure in the size of `use_style`. The figure of given axes
        gets constrained layout if it has none, so that the footer is not cut.

    Returns
    -------
    Axes
        The axes; `ax.figure.savefig(path)` saves them.

    Raises
    ------
    ArgumentError
        Where the picture has no values, or a series has not one for each category.

    Notes
    -----
    Labels are set apart for the figure's present size: choose the size before, not after.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from retention.charts.picture import Series
    >>> bars = Picture("bar", "x", "Orders", ("a", "b"), (Series("n", (3.0, 4.0)),))
    >>> axes = draw_picture(bars, ax=Figure().subplots())
    >>> [float(bar.get_height()) for bar in axes.patches]
    [3.0, 4.0]
    """
    check_picture(picture)
    with style_sheet():
        target = _new_axes(picture) if ax is None else _checked(ax)
        _prepare(target)
        labels = _DRAWERS[picture.kind](picture, target)
        _name_axes(picture, target)
        notes = add_labels(target, labels)
        settle(target)
        _wrap_words(picture, target)
        settle(target)
        separate(target, labels, notes)
    return target


def _new_axes(picture: Picture) -> Axes:
    """Axes of a new figure; only a heatmap with many rows is taller than the style's size."""
    width, height = figure_size()
    _, axes = plt.subplots(figsize=(width, max(height, heatmap_height(picture))))
    return axes


def _checked(ax: object) -> Axes:
    if not isinstance(ax, Axes):
        raise ArgumentError(f"ax: {shown(ax)} is no Axes. Pass one of plt.subplots(), or none.")
    return ax


def _prepare(ax: Axes) -> None:
    """The parts of the style that axes made elsewhere do not have."""
    for words in ax.findobj(Text):
        words.set_parse_math(False)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.set_axisbelow(True)
    root = ax.figure.canvas.figure
    if root.get_layout_engine() is None:
        root.set_layout_engine("constrained")


def _name_axes(picture: Picture, ax: Axes) -> None:
    """The axis labels; that of the values lies above the axis, where it can be read."""
    below, above = picture.x_label, picture.y_label
    if picture.is_horizontal:
        below, above = above, below
    ax.set_xlabel(below, loc="left", color=GREY_TEXT, fontsize=_GREY_POINTS)
    ax.set_ylabel(above, rotation=0, ha="left", va="bottom", color=GREY_TEXT, fontsize=_GREY_POINTS)
    ax.yaxis.set_label_coords(0.0, 1.0, _lifted(ax, 6))


def _lifted(ax: Axes, points: float) -> Transform:
    """Shares of the axes, so many points higher."""
    inches = ax.figure.canvas.figure.dpi_scale_trans
    return ax.transAxes + ScaledTranslation(0, points / 72, inches)


def _wrap_words(picture: Picture, ax: Axes) -> None:
    """Title, legend and value label above the axes, footer below, each in its own lines."""
    width = ax.get_window_extent().width * _FILLED
    pad = 12.0
    if ax.get_ylabel():
        fill(ax.yaxis.label, ax.get_ylabel(), width, most=2)
        pad += _LINE * (1 + ax.get_ylabel().count("\n"))
    fill(ax.xaxis.label, ax.get_xlabel(), width, most=2)
    legend = ax.get_legend()
    if legend is not None:
        legend.set_bbox_to_anchor((0, 1), _lifted(ax, pad - 4))
        pad += _LINE
    title = ax.set_title(
        picture.title, loc="left", pad=pad, fontsize=13, fontweight="bold", color=INK
    )
    fill(title, picture.title, width, most=3)
    if picture.footer:
        fill(_footer(ax), picture.footer, width)


def _footer(ax: Axes) -> Annotation:
    """An empty footer that hangs below the x axis' label, or below the axes if that is on top."""
    is_top = ax.xaxis.get_label_position() == "top"
    return ax.annotate(
        "",
        (0, 0),
        (0, -9 if not is_top else -12),
        xycoords=("axes fraction", ax.patch if is_top else ax.xaxis.label),
        textcoords="offset points",
        va="top",
        ha="left",
        color=GREY_TEXT,
        fontsize=8,
        linespacing=1.25,
        annotation_clip=False,
    )
