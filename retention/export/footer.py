"""The small print of a slide: shortened with a mark where it does not fit."""

from __future__ import annotations

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
    for count in range(len(words), 0, -1):
        mark = "" if count == len(words) else text(" ... (whole in the notes)")
        short = " ".join(words[:count]) + mark
        try:
            return short, size_for(short, box, FOOTER, name="footer")
        except ArgumentError:
            continue
    return "", FOOTER.smallest
