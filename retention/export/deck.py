"""A slide deck of editable charts and tables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pandas as pd
from matplotlib.axes import Axes

from retention.charts.picture import Picture
from retention.errors import ArgumentError
from retention.export.data_table import table_pages
from retention.export.heat_table import heat_pages
from retention.export.image import image_pages
from retention.export.layout import arrange, choose_frame
from retention.export.native_chart import chart_pages
from retention.export.page import Page
from retention.export.slide import Words, add_cover, add_slide
from retention.export.template import open_template
from retention.files import atomic_path
from retention.texts import text

Content = Picture | pd.DataFrame | Axes


class Deck:
    """Slides that a manager can edit: native charts and tables, with where the numbers come from.

    Parameters
    ----------
    template : str, Path or None
        A company's .pptx or .potx: its master and layouts are used, its slides left out. None is
        the 16:9 look of this package.
    title, subtitle : str
        Words of a title slide; without a title there is none.

    Raises
    ------
    ArgumentError
        The template cannot be read or has no layout with a title.

    Notes
    -----
    The trap: charts hold their numbers in an embedded sheet, so whoever gets the deck gets them.

    Examples
    --------
    >>> from retention.charts.picture import Series
    >>> rates = Series("all", (0.4, 0.3), role="main")
    >>> picture = Picture("bar", "lifecycle_rates", "Repeat rate", ("2023", "2024"), (rates,),
    ...                   number_format="percent")
    >>> len(Deck(title="March").add(picture, title="Fewer customers come back"))
    2
    """

    def __init__(
        self, template: str | Path | None = None, *, title: str = "", subtitle: str = ""
    ) -> None:
        self._presentation = open_template(template)
        self._frame = choose_frame(self._presentation)
        self._title = title
        self._contents = 0
        if title:
            add_cover(self._presentation, self._frame, title=title, subtitle=subtitle)

    def __len__(self) -> int:
        """Number of slides."""
        return len(self._presentation.slides)

    def __repr__(self) -> str:
        """Say how many slides there are."""
        return f"Deck({len(self)} slides)"

    def add(
        self,
        content: Content,
        *,
        title: str,
        takeaway: str = "",
        notes: str = "",
        alt_text: str = "",
        footer: str = "",
    ) -> Self:
        """Add a slide, or several where a heatmap has more than 13 rows.

        Parameters
        ----------
        content : Picture, DataFrame or Axes
            A picture from `describe_...` becomes a native chart (a heatmap: a coloured table), a
            table the first 12 rows of a native table, a matplotlib Axes an image of its figure.
        title : str
            What the slide says, as a sentence.
        takeaway : str
            What it means and what to do, at the right; line breaks begin paragraphs.
        notes : str
            What the speaker says; the definition is added below.
        alt_text : str
            What a screen reader says; by default the picture's own.
        footer : str
            Where the numbers come from; by default the picture's or table's own.

        Returns
        -------
        Deck
            The same deck, so that calls can be chained.

        Raises
        ------
        ArgumentError
            `content` is of another kind or empty, or a text does not fit; no slide is added then.

        Notes
        -----
        The trap: a table shows its first 12 rows only; sort it first.
        """
        if not title.strip():
            raise ArgumentError("title: empty. Say in one sentence what the slide shows.")
        places = arrange(self._frame.body, has_takeaway=bool(takeaway.strip()))
        pages = _pages(content, places.content.points)
        for number, page in enumerate(pages, start=1):
            add_slide(
                self._presentation,
                self._frame,
                page,
                words=Words(
                    title if len(pages) == 1 else f"{title} ({number}/{len(pages)})",
                    takeaway,
                    notes,
                    alt_text or page.alt_text or title,
                    footer or page.footer,
                ),
                number=number,
            )
        self._contents += 1
        return self

    def save(self, path: str | Path) -> Path:
        """Write the deck; an older file at `path` is replaced whole or not at all.

        Parameters
        ----------
        path : str or Path
            A file name that ends in .pptx.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        ArgumentError
            `path` does not end in .pptx, or nothing was added.
        ExportError
            The file cannot be written, or is open in PowerPoint.

        Notes
        -----
        The trap: what was edited in PowerPoint since is replaced; give the new deck another name.
        """
        target = Path(path)
        if target.suffix.lower() != ".pptx":
            raise ArgumentError(f"path: {str(path)!r} is no deck. Give a name that ends in .pptx.")
        if not self._contents:
            raise ArgumentError("deck: 0 contents to save. Add a picture or a table first.")
        properties = self._presentation.core_properties
        properties.title = self._title or text("Retention")
        properties.author = properties.last_modified_by = "retention"
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
        with atomic_path(target) as temporary:
            self._presentation.save(temporary)
        return target


def _pages(content: Content, room: tuple[float, float]) -> list[Page]:
    if isinstance(content, Picture):
        return heat_pages(content) if content.kind == "heatmap" else chart_pages(content)
    if isinstance(content, pd.DataFrame):
        return table_pages(content, room=room)
    if isinstance(content, Axes):
        return image_pages(content)
    raise ArgumentError(
        f"content: a {type(content).__name__} cannot go on a slide. Pass a Picture "
        "(describe_cohort_heatmap(table)), a DataFrame, or matplotlib Axes (plot_...)."
    )
