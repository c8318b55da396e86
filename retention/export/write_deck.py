"""A deck into a file: new where there is none, and else into the one that was edited since."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pandas as pd

from retention.errors import ArgumentError, shown
from retention.export.deck import Deck
from retention.export.template import open_presentation
from retention.export.update.deck_update import found_shapes
from retention.export.update.report import Report
from retention.files import at_home, atomic_path
from retention.kinds import as_path
from retention.texts import text


def write_deck(deck: Deck, path: str | Path) -> pd.DataFrame:
    """Save a deck, or update the one that lies at `path`, so that no edit made there is lost.

    Parameters
    ----------
    deck : Deck
        The slides with today's numbers.
    path : str or Path
        A file name that ends in .pptx. A deck of ours that is there is updated as by `Deck.update`.
        What cannot be updated, such as a deck that LibreOffice saved, is kept beside it under another
        name, and the new deck takes its place.

    Returns
    -------
    DataFrame, one row per slide
        slide (Int64, from 1; null for what has no slide), title (str), action (str: "added",
        "updated", "not ours", ...), remark (str: which edits were kept), as `Deck.update` says it; and
        a row for an older file that was set aside.

    Raises
    ------
    ArgumentError
        If nothing was added to the deck, or `path` does not end in .pptx.
    ExportError
        If the file cannot be written, or is open in PowerPoint; it is then as it was.

    Notes
    -----
    The trap: a title that somebody wrote by hand stays, also where the numbers now say otherwise; read
    the remarks.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from retention.charts.picture import Picture, Series
    >>> series = Series("all", (0.4, 0.3), role="main")
    >>> deck = Deck().add(Picture("bar", "lifecycle_rates", "Rates", ("a", "b"), (series,)), title="May")
    >>> with TemporaryDirectory() as folder:
    ...     first = write_deck(deck, f"{folder}/deck.pptx")
    ...     again = write_deck(deck, f"{folder}/deck.pptx")
    >>> first["action"].tolist(), again["action"].tolist()
    (['added'], ['updated'])
    """
    if not isinstance(deck, Deck):
        raise ArgumentError(f"deck: {shown(deck)} is no deck. Make one with Deck().add(...).")
    target = at_home(as_path("path", path))
    if not target.exists():
        return _slides(deck.save(target))
    obstacle = _obstacle(target)
    if not obstacle:
        return deck.update(target)
    aside = _kept_copy(target)
    slides = _slides(deck.save(target))
    told = {"slide": [None], "title": [aside.name], "action": [text("set aside")]}
    row = pd.DataFrame(told | {"remark": [obstacle]}).astype(slides.dtypes)
    return pd.concat([slides, row], ignore_index=True)


def _obstacle(path: Path) -> str:
    """Why the file cannot be updated; empty if it can."""
    if path.suffix.lower() != ".pptx":
        return ""  # The deck refuses to be written there at all.
    try:
        found_shapes(open_presentation(path, name="path"), path)
    except ArgumentError as error:
        return str(error)
    return ""


def _kept_copy(path: Path) -> Path:
    """A copy beside it, under a name that only the same content has."""
    content = hashlib.sha256(path.read_bytes()).hexdigest()[:6]
    copy = path.with_name(f"{path.stem}_kept_{date.today():%Y-%m-%d}_{content}{path.suffix}")
    with atomic_path(copy) as temporary:
        shutil.copyfile(path, temporary)
    return copy


def _slides(path: Path) -> pd.DataFrame:
    """What an update would say of a deck that is new."""
    presentation = open_presentation(path, name="path")
    report = Report()
    for slide in presentation.slides:
        report.add(slide)
    return report.frame(presentation, ())
