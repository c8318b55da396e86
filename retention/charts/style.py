"""How the charts look: a style sheet, a size and a language, inside a `with` block only.

The colours come from `colours.py` and can be imported from here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, get_args

from retention.charts.colours import LAYERS, PALETTE, heat_colour, role_colour
from retention.charts.series_colours import series_colours
from retention.charts.style_sheet import style_sheet
from retention.errors import choose
from retention.texts import current_language, languages
from retention.texts import language as language_of_texts

__all__ = [
    "LAYERS",
    "PALETTE",
    "SIZES",
    "figure_size",
    "heat_colour",
    "role_colour",
    "series_colours",
    "use_style",
]

Size = Literal["full", "chart", "half", "square"]
# Inches on a 13.33 x 7.5 slide: its whole width, beside a text, half of it, and a square.
SIZES: dict[Size, tuple[float, float]] = {
    "full": (12.13, 5.4),
    "chart": (8.6, 5.1),
    "half": (5.9, 5.1),
    "square": (5.4, 5.4),
}
_size: ContextVar[Size] = ContextVar("retention_size", default="full")


@contextmanager
def use_style(*, language: str | None = None, size: Size = "full") -> Iterator[None]:
    """Draw in a language and a size, inside a `with` block.

    Parameters
    ----------
    language : str or None
        Language of every label and sentence; one that `texts.languages()` lists. None is that of the
        context: of the block around this one, of `set_language`, or English.
    size : {"full", "chart", "half", "square"}
        Size of new figures in inches: 12.13 x 5.4, 8.6 x 5.1, 5.9 x 5.1 or 5.4 x 5.4.

    Yields
    ------
    None
        After the block, matplotlib and the language are as they were.

    Raises
    ------
    ArgumentError
        For a language without a catalogue, or an unknown size.

    Notes
    -----
    The trap: `bbox_inches="tight"` would change the size. Save with plain `savefig(path)`.

    Examples
    --------
    >>> with use_style(size="half"):
    ...     figure_size()
    (5.9, 5.1)
    """
    language = language or current_language()
    choose("language", language, languages())
    choose("size", size, get_args(Size))
    token = _size.set(size)
    try:
        with (
            language_of_texts(language),
            style_sheet({"figure.figsize": SIZES[size]}),
        ):
            yield
    finally:
        _size.reset(token)


def figure_size() -> tuple[float, float]:
    """Width and height of a new figure, in inches.

    Returns
    -------
    tuple of float
        The size of the `use_style` block we are in; outside of one, that of "full".

    Examples
    --------
    >>> figure_size()
    (12.13, 5.4)
    """
    return SIZES[_size.get()]
