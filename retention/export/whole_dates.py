"""Dates that stay whole where a line ends: PowerPoint breaks a line at any hyphen."""

from __future__ import annotations

import re

from retention.export.fit import text_width

# Days, months, quarters and weeks as this package writes them.
_DATE = re.compile(r"\d{4}-(?:\d{2}(?:-\d{2})?|Q\d|W\d{2})(?!\d)")
_HYPHEN, _WHOLE = "-", "\u2011"
# Letters are measured rather too wide, those of fonts that are not installed by a fifth: lines may end later.
_WIDTHS = (1.03, 1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82)


def keep_dates_whole(text: str, *, width: float, size: float, is_bold: bool = False) -> str:
    """The text, with hyphens that do not break in the dates at which a line may end.

    Parameters
    ----------
    text
        Paragraphs, as `fitted_size` takes them.
    width
        Of the box inside its margins, in points.
    size
        Font size in points.
    is_bold
        Whether the text is bold.

    Returns
    -------
    str
        As long as the text.

    Notes
    -----
    The trap: whoever searches for a date with plain hyphens does not find these, so all others keep theirs.

    Examples
    --------
    >>> keep_dates_whole("As of 2024-12-31.", width=400, size=10)
    'As of 2024-12-31.'
    >>> keep_dates_whole("As of 2024-12-31.", width=60, size=10) == "As of 2024\u201112\u201131."
    True
    """
    if not _DATE.search(text):
        return text
    parts = [_kept(part, width, size, is_bold) for part in text.split("\n")]
    return "\n".join(parts)


def _kept(paragraph: str, width: float, size: float, is_bold: bool) -> str:
    words = re.split(r"(\s+)", paragraph)
    lengths = [text_width(word, size=size, is_bold=is_bold) for word in words]
    at_risk = {place for factor in _WIDTHS for place in _at_ends(lengths, width / factor)}
    return "".join(
        _DATE.sub(_unbroken, word) if place in at_risk else word for place, word in enumerate(words)
    )


def _at_ends(lengths: list[float], width: float) -> set[int]:
    """Positions of the words that had to move to a next line; every second one is a space."""
    moved, used = set(), 0.0
    for place in range(0, len(lengths), 2):
        space = lengths[place - 1] if used else 0.0
        if used + space + lengths[place] > width:
            moved.add(place)
            used, space = 0.0, 0.0
        used += space + lengths[place]
    return moved


def _unbroken(date: re.Match[str]) -> str:
    return date.group().replace(_HYPHEN, _WHOLE)
