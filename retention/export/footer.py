"""The small print of a slide: shortened with a mark where it does not fit."""

from __future__ import annotations

from bisect import bisect_left

from retention.errors import ArgumentError
from retention.export.box import Box
from retention.export.textbox import FOOTER, size_for
from retention.texts import text


def fitted_footer(footer: str, box: Box) -> tuple[str, int]:
    """The footer's words that fit the box, and their size.

    Parameters
    ----------
    footer
        Definition, population and as-of date; may be long.
    box
        Where it stands.

    Returns
    -------
    tuple of str and int
        The whole footer where it fits, else its first words and a mark that the notes hold it
        whole; the size in points.

    Notes
    -----
    The trap: whoever shortens must put the whole text into the notes.

    Examples
    --------
    >>> from retention.export.box import inches
    >>> fitted_footer("Orders of 2024.", inches(0, 0, 8, 0.5))
    ('Orders of 2024.', 10)
    """
    words = footer.split()
    if (size := _size(footer, box)) and words:
        return " ".join(words), size
    mark = text(" ... (whole in the notes)")
    most = bisect_left(
        range(1, len(words) + 1), 1, key=lambda n: not _size(_cut(words, n, mark), box)
    )
    short = _cut(words, most, mark) if most else ""
    return short, _size(short, box) or FOOTER.smallest


def _cut(words: list[str], count: int, mark: str) -> str:
    return " ".join(words[:count]) + mark


def _size(words: str, box: Box) -> int | None:
    """The size at which the words fit; None where they do not."""
    try:
        return size_for(words, box, FOOTER, name="footer")
    except ArgumentError:
        return None
