"""A slide deck of editable charts and tables."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import pandas as pd

from retention.errors import ArgumentError
from retention.export.content import Content
from retention.export.cover import add_cover
from retention.export.entry import Entry, Moved, content_entry
from retention.export.layout import Frame, choose_frame
from retention.export.slide import Words
from retention.export.template import open_template
from retention.export.update.deck_update import update_deck
from retention.export.update.known_slots import note_slots
from retention.files import atomic_path
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

    Raises
    ------
    ArgumentError
        The template cannot be read or has no layout with a title.

    Notes
    -----
    The trap: charts hold their numbers in an embedded sheet, so whoever gets the deck gets them.

    Examples
    --------
    >>> from retention.charts.picture import Picture, Series
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
        self._entries: dict[str, Entry] = {}
        self._contents = 0
        if title:
            self._add_cover(title, subtitle)

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
        name: str = "",
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
        if not title.strip():
            raise ArgumentError("title: empty. Say in one sentence what the slide shows.")
        words = Words(title, takeaway, notes, alt_text, footer)
        self._add(content_entry([content], words, name=name, frame=self._frame))
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
        The trap: what was edited in PowerPoint since is replaced; `update` keeps it.
        """
        target = self._checked(path)
        note_slots(self._presentation, self._entries)
        properties = self._presentation.core_properties
        properties.title = self._title or text("Retention")
        properties.author = properties.last_modified_by = "retention"
        properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
        with atomic_path(target) as temporary:
            self._presentation.save(temporary)
        return target

    def update(self, path: str | Path, *, to: str | Path | None = None) -> pd.DataFrame:
        """Put the numbers of this deck into one that was saved before and edited since.

        Charts, tables and texts of ours get their new numbers where they stand. Whatever was edited
        by hand stays: colours and other formatting (with the series, row or category of that name),
        texts, notes, the order of slides, slides of others, and what was removed. Contents that are
        new come last; those that are no longer in this deck stay as they are.

        Parameters
        ----------
        path : str or Path
            The deck as it is now, once written by `save` or `update`.
        to : str, Path or None
            Where the updated deck is written; None replaces `path`.

        Returns
        -------
        DataFrame
            One row per slide of the updated deck: `slide` (int64, from 1), `title` (str), `action`
            (str: "updated", "added", "not in the new numbers" or "not ours"), `remark` (str: which
            edits were kept, and what else to look at).

        Raises
        ------
        ArgumentError
            There is no such file, it is no .pptx, or nothing in it is of this package.
        ExportError
            The file cannot be written, or is open in PowerPoint; it is then as it was.

        Notes
        -----
        The trap: a title that somebody wrote stays, also where the numbers now say otherwise; read
        the remarks. Contents are known again by function and kind, several of one kind by their
        call, title and order; give `name=` where these change.

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
        target = self._checked(path if to is None else to)
        return update_deck(self._entries, Path(path), target)

    def _checked(self, path: str | Path) -> Path:
        if Path(path).suffix.lower() != ".pptx":
            raise ArgumentError(f"path: {str(path)!r} is no deck. Give a name that ends in .pptx.")
        if not self._contents:
            raise ArgumentError("deck: 0 contents to save. Add a picture or a table first.")
        return Path(path)

    def _add(self, entry: Entry) -> None:
        """Draw the slides of an entry under a slot of its own."""
        slot = f"={entry.name}" if entry.name else self._next_slot(entry.family)
        if slot in self._entries:
            raise ArgumentError(
                f"name: {entry.name!r} was given before. Give each content a name of its own."
            )
        entry.make(self._presentation, self._frame, slot, {})
        self._entries[slot] = entry

    def _next_slot(self, family: str) -> str:
        counts = Counter(entry.family for entry in self._entries.values())
        return f"{family}/{counts[family] + 1}"

    def _add_cover(self, title: str, subtitle: str) -> None:
        def make(presentation: Any, frame: Frame, slot: str, _: Moved) -> None:
            add_cover(presentation, frame, title=title, subtitle=subtitle, slot=slot)

        self._add(Entry("deck/cover", "", "", "", make))
