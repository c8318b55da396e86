"""A slide deck of editable charts and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import pandas as pd

from retention.export.content import Content
from retention.export.cover import cover_entry
from retention.export.entry import content_entry
from retention.export.number_page import number_page
from retention.export.slide import Words
from retention.export.slides import Slides
from retention.export.update.deck_update import update_deck
from retention.texts import text


class Deck:
    """Slides that a manager can edit: native charts and tables, with where the numbers come from.

    Parameters
    ----------
    template : str, Path or None
        A company's .pptx or .potx: its master and layouts are used, its slides left out. None is
        the 16:9 look of this package.
    title, subtitle : str
        Words of a title slide; without a title there is none.
    language : str or None
        Of what the deck itself says; None is that of the context, which describes pictures, too.
    footer : str
        What stands first in the small print of every slide, such as "ACME, internal".

    Raises
    ------
    ArgumentError
        The template cannot be read or has no layout with a title; the language is not known.

    Notes
    -----
    The trap: charts hold their numbers in an embedded sheet, so whoever gets the deck gets them.

    Examples
    --------
    >>> from retention.charts.picture import Picture, Series
    >>> counts = Series("all", (40, 30), role="main")
    >>> picture = Picture("bar", "lifecycle_rates", "Customers", ("2023", "2024"), (counts,))
    >>> len(Deck(title="March").add(picture, title="Fewer customers come back"))
    2
    """

    def __init__(
        self,
        template: str | Path | None = None,
        *,
        title: str = "",
        subtitle: str = "",
        language: str | None = None,
        footer: str = "",
    ) -> None:
        self._slides = Slides(template, language=language)
        self._title, self._footer = title, footer
        if title:
            self._slides.draw(cover_entry(title, subtitle, kind="cover"))

    def __len__(self) -> int:
        """Number of slides."""
        return len(self._slides)

    def __repr__(self) -> str:
        """Say how many slides there are."""
        return f"Deck({len(self)} slides)"

    def add(
        self,
        content: Content,
        *,
        title: str = "",
        takeaway: str = "",
        notes: str = "",
        alt_text: str = "",
        footer: str = "",
        name: str = "",
    ) -> Self:
        """Add a slide, or several where a heatmap has more than 13 rows.

        Parameters
        ----------
        content : Picture, DataFrame or Axes
            A picture from `describe_...` becomes a native chart (a heatmap: a coloured table), a
            table the first 12 rows of a native table, a matplotlib Axes an image of its figure.
        title : str
            What the slide says, as a sentence; left out, the largest number or the change.
        takeaway : str
            What it means and what to do, at the right; line breaks begin paragraphs.
        notes, alt_text, footer : str
            What the speaker says (the numbers' definition and call are added below), what a screen
            reader says, and where the numbers come from; the last two by default the content's own.
        name : str
            By what `update` knows the slide again; needed only where a deck has several contents of
            one function and kind, such as a heatmap for each channel.

        Returns
        -------
        Deck
            The same deck, so that calls can be chained.

        Raises
        ------
        ArgumentError
            `content` is of another kind or empty, a text does not fit, or the name was given before;
            no slide is added then.

        Notes
        -----
        The trap: a table shows its first 12 rows only; sort it first.
        """
        return self._add([content], Words(title, takeaway, notes, alt_text, footer), name)

    def add_pair(
        self,
        left: Content,
        right: Content,
        *,
        title: str = "",
        takeaway: str = "",
        notes: str = "",
        alt_text: str = "",
        footer: str = "",
        name: str = "",
    ) -> Self:
        """Add a slide with two contents side by side.

        Parameters
        ----------
        left, right : Picture, DataFrame or Axes
            As in `add`; each must fit one slide.
        title : str
            Left out, what the left one shows.
        takeaway, notes, alt_text, footer, name : str
            As in `add`, which says also what is returned; the takeaway stands below both.

        Raises
        ------
        ArgumentError
            As in `add`; or one of them needs several slides.

        Notes
        -----
        The trap: each has a scale of its own; compare shapes, not heights.
        """
        return self._add([left, right], Words(title, takeaway, notes, alt_text, footer), name)

    def add_number(
        self,
        table: pd.DataFrame,
        *,
        column: str,
        title: str = "",
        takeaway: str = "",
        notes: str = "",
        alt_text: str = "",
        footer: str = "",
        name: str = "",
    ) -> Self:
        """Add a slide with one number, large.

        Parameters
        ----------
        table : DataFrame
            A table with one row: filter it first.
        column : str
            The column with the number; `low` and `high` are its limits.
        title : str
            What the slide says; left out, the name of the number and its value.
        takeaway, notes, alt_text, footer, name : str
            As in `add`, which says also what is returned.

        Raises
        ------
        ArgumentError
            The table has not one row with a value, or no such column; or as in `add`.

        Notes
        -----
        The trap: a number without its interval looks surer than it is; take tables that have one.
        """
        with self._slides.speaking():
            page = number_page(table, column=column)
        return self._add([page], Words(title, takeaway, notes, alt_text, footer), name)

    def add_section(self, title: str, *, subtitle: str = "", name: str = "") -> Self:
        """Add a slide that begins a section.

        Parameters
        ----------
        title, subtitle : str
            Its words.
        name : str
            As in `add`, which says also what is returned.

        Raises
        ------
        ArgumentError
            The title is empty, or a text does not fit.

        Notes
        -----
        The trap: of several, `update` knows one again by its title; name it where that changes.
        """
        self._slides.draw(cover_entry(title, subtitle, kind="section", name=name))
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

        Raises
        ------
        ArgumentError
            `path` does not end in .pptx, or nothing was added.
        ExportError
            The file cannot be written, or is open in PowerPoint.

        Notes
        -----
        The trap: what was edited in PowerPoint since is replaced; `update` keeps it.
        """
        return self._slides.write(self._slides.target(path), title=self._title or text("Retention"))

    def update(self, path: str | Path, *, to: str | Path | None = None) -> pd.DataFrame:
        """Put the numbers of this deck into one that was saved before and edited since.

        Charts, tables and texts of ours get their numbers where they stand. What was edited by hand
        stays: formatting (with the series, row or category of that name), texts, notes, the order of
        slides, slides of others, and what was removed. New contents come last; those that are no
        longer in this deck stay as they are.

        Parameters
        ----------
        path : str or Path
            The deck as it is now, once written by `save` or `update`.
        to : str, Path or None
            Where the updated deck is written; None replaces `path`.

        Returns
        -------
        DataFrame
            One row per slide of the updated deck: `slide` (Int64, from 1; null for a content that
            stays out because its slides were removed), `title` (str), `action` (str: "updated",
            "added", "not in the new numbers", "not ours", ...), `remark` (str: which edits were kept).

        Raises
        ------
        ArgumentError
            There is no such file, it is no .pptx, or nothing in it is of this package.
        ExportError
            The file cannot be written, or is open in PowerPoint; it is then as it was.

        Notes
        -----
        The trap: a title that somebody wrote stays, also where the numbers now say otherwise; read
        the remarks. Several contents of one function and kind are told apart by call, heading and
        order; give `name=` where these change. LibreOffice drops the stamps when it saves a deck.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> from retention.charts.picture import Picture, Series
        >>> def month(*rates):
        ...     series = Series("all", rates, role="main")
        ...     return Picture("bar", "lifecycle_rates", "Rates", ("a", "b"), (series,))
        >>> with TemporaryDirectory() as folder:
        ...     file = Deck().add(month(0.4, 0.3), title="In May").save(f"{folder}/deck.pptx")
        ...     Deck().add(month(0.5, 0.3), title="In June").update(file)[["title", "action"]]
             title   action
        0  In June  updated
        """
        target = self._slides.target(path if to is None else to)
        with self._slides.speaking():
            return update_deck(self._slides.entries, Path(path), target)

    def _add(self, contents: Sequence[Any], words: Words, name: str) -> Self:
        with self._slides.speaking():
            words = replace(words, house=self._footer)
            entry = content_entry(contents, words, name=name, frame=self._slides.frame)
            self._slides.draw(entry)
        return self
