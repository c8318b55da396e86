"""What a chart or table shows, in one sentence: the title of a slide for which nobody wrote one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from retention.charts.picture import Picture
from retention.counted import counted
from retention.errors import ArgumentError
from retention.export.cell_text import cell_texts
from retention.export.column_format import column_format
from retention.export.page import Page
from retention.export.picture_finding import picture_finding
from retention.export.slide import Words
from retention.texts import text

# Of rows of a table, the first that says something about the whole.
_ESTIMATES = ("retention_rate", "repurchase_rate", "lifecycle_rate", "next_rate", "p_returned")


def finding(content: Any) -> str:
    """The finding of a content, by a few rules.

    Parameters
    ----------
    content
        A Picture, a DataFrame or Axes.

    Returns
    -------
    str
        The finding that a picture brings along; else what it is about, and what is largest (bars,
        cells), what changed (periods), or where it starts and ends (lines), with the interval where
        there is one; for an image its title, and empty where there is nothing to say.

    Notes
    -----
    The trap: a rule sees numbers, not what matters; overrule it with `title=` where you know more.

    Examples
    --------
    >>> from retention.charts.picture import Series
    >>> rates = Series("all", (0.4, 0.3), role="main", low=(0.38, 0.28), high=(0.42, 0.32))
    >>> finding(Picture("bar", "rfm", "Repeat rate", ("Web", "Store"), (rates,),
    ...                 number_format="percent"))
    'Repeat rate: Web leads with 40.0% (95%: 38.0% to 42.0%), ahead of Store with 30.0%'
    """
    if isinstance(content, Picture):
        if content.finding is not None:
            return content.finding
        said = picture_finding(content)
        topic = content.title.split(":")[0].strip()
        gap = " " if topic.endswith("?") else ": "
        return f"{topic}{gap}{said}" if said and topic else said or topic
    if isinstance(content, pd.DataFrame):
        return _of_table(content)
    titles = [content.get_title(loc=place) for place in ("left", "center", "right")]
    return next((title for title in titles if title), "")


def titled(words: Words, contents: Sequence[Any]) -> Words:
    """The words with a title: the given one, or what the first content shows.

    Raises
    ------
    ArgumentError
        None is given and nothing can be said of the content.
    """
    if words.title.strip():
        return words
    title = contents[0].alt_text if isinstance(contents[0], Page) else finding(contents[0])
    if not title:
        raise ArgumentError(
            "title: empty, and nothing can be said of this content. Say in one sentence what the "
            "slide shows."
        )
    return replace(words, title=title)


def _of_table(frame: pd.DataFrame) -> str:
    """The row with the most of what the table estimates; else how many rows there are."""
    names = [str(name) for name in frame.columns]
    topic = str(frame.attrs.get("definition") or "").replace("_", " ").capitalize()
    estimate = next((name for name in _ESTIMATES if name in names), "")
    labels = [place for place in range(len(names)) if _is_label(frame, place)]
    if not labels or not estimate or frame[estimate].isna().all():
        said = counted(len(frame), text("1 row"), text("{count} rows"))
    else:
        best = frame.sort_values(estimate, ascending=False, kind="stable").head(1)
        words = ", ".join(cell_texts(best, place)[0].replace("_", " ") for place in labels)
        value = cell_texts(best, names.index(estimate))[0]
        said = text("{first} leads with {value}", first=words, value=value)
    return f"{topic}: {said}" if topic else ""


def _is_label(frame: pd.DataFrame, position: int) -> bool:
    """Whether a column names its rows, and does not count them."""
    return column_format(frame, position) in ("text", "date")
