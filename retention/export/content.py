"""What can go on a slide: a picture, a table, a figure of matplotlib."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.picture import Picture
from retention.errors import ArgumentError
from retention.export.data_table import table_pages
from retention.export.heat_table import heat_pages
from retention.export.image import image_pages
from retention.export.native_chart import chart_pages
from retention.export.page import Page
from retention.texts import current_language

Content = Picture | pd.DataFrame | Axes


def content_pages(content: Any, room: tuple[float, float]) -> list[Page]:
    """The slides of a content.

    Parameters
    ----------
    content
        A Picture, a DataFrame or Axes, or a page that is made already.
    room
        Width and height of its box, in points.

    Returns
    -------
    list of Page
        One, or more for a heatmap of many rows.

    Raises
    ------
    ArgumentError
        It is of another kind, or empty.

    Notes
    -----
    The trap: an image is drawn at once; the figure may change or be closed afterwards.
    """
    if isinstance(content, Picture):
        _refuse_other_language(content)
        return heat_pages(content) if content.kind == "heatmap" else chart_pages(content)
    if isinstance(content, pd.DataFrame):
        return table_pages(content, room=room)
    if isinstance(content, Axes):
        return image_pages(content)
    if isinstance(content, Page):
        return [content]
    raise ArgumentError(
        f"content: a {type(content).__name__} cannot go on a slide. Pass a Picture "
        "(describe_cohort_heatmap(table)), a DataFrame, or matplotlib Axes (plot_...)."
    )


def _refuse_other_language(picture: Picture) -> None:
    """Half a slide in one language and half in another is worse than none."""
    spoken = current_language()
    if picture.language != spoken:
        raise ArgumentError(
            f"content: the picture {picture.title!r} was described in {picture.language!r}, the deck "
            f"speaks {spoken!r}. Describe it inside `with use_style(language={spoken!r}):`, or make a "
            f"Deck(language={picture.language!r})."
        )


def content_kind(content: Any) -> str:
    """What kind of shape a content becomes: that of its chart, "table", "image" or "number"."""
    if isinstance(content, Picture):
        return content.kind
    if isinstance(content, Page):
        return "number"
    return "table" if isinstance(content, pd.DataFrame) else "image"
