"""A matplotlib figure as an image on a slide, for what has no native chart."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure

from retention.errors import ArgumentError
from retention.export.box import Box
from retention.export.page import Page

_DPI = 200


def image_pages(axes: Axes) -> list[Page]:
    """The slide of a matplotlib figure.

    Parameters
    ----------
    axes
        Axes of the figure; the whole figure is shown.

    Returns
    -------
    list of Page
        One page; its alternative text is the title of the axes.

    Raises
    ------
    ArgumentError
        The axes are of no figure any more.

    Notes
    -----
    The trap: an image cannot be edited; pass the `describe_...` picture where there is one.

    Examples
    --------
    >>> figure = Figure()
    >>> image_pages(figure.add_subplot(title="Orders"))[0].alt_text
    'Orders'
    """
    figure = _figure(axes)
    titles = [axes.get_title(loc=place) for place in ("left", "center", "right")]
    title = next(filter(None, titles), "")
    # Drawn now: the figure may be closed or drawn over before the deck is saved.
    image = io.BytesIO()
    figure.savefig(image, format="png", dpi=_DPI)

    def draw(slide: Any, box: Box) -> Any:
        image.seek(0)
        shape = slide.shapes.add_picture(image, 0, 0)
        scale = min(box.width / shape.width, box.height / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        shape.left = box.left + (box.width - shape.width) // 2
        shape.top = box.top + (box.height - shape.height) // 2
        return shape

    return [Page(key="image", draw=draw, alt_text=title, heading=title)]


def _figure(axes: Axes) -> Figure:
    figure = axes.get_figure()
    while isinstance(figure, SubFigure):
        figure = figure.figure
    if figure is None:
        raise ArgumentError("content: these Axes are of no figure any more. Draw them again.")
    return figure
