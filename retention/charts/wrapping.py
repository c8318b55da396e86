"""Long words and sentences broken into lines, so that nothing is cut at the edge of a figure."""

from __future__ import annotations

import textwrap

from matplotlib.text import Text


def shorten(words: str, characters: int, lines: int) -> str:
    """`words` in at most so many lines of so many characters, with an ellipsis where it is cut.

    Examples
    --------
    >>> shorten("a name that is far too long", 10, 2).splitlines()
    ['a name', 'that is…']
    """
    kept = [
        line
        for part in words.split("\n")
        for line in textwrap.wrap(part, max(characters, 2), break_on_hyphens=False) or [""]
    ]
    if len(kept) <= lines:
        return "\n".join(kept)
    last = kept[lines - 1][: max(characters - 1, 1)].rstrip()
    return "\n".join([*kept[: lines - 1], f"{last}…"])


def fill(artist: Text, words: str, width: float, *, most: int | None = None) -> None:
    """Set the artist's text to `words`, broken so that no line is wider than `width` pixels.

    From `most` lines on, the rest is cut with an ellipsis.
    """
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        artist.set_text(longer)
        if lines and artist.get_window_extent().width <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if most is not None and len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    artist.set_text("\n".join(lines))
