"""The colours of a heatmap's cells that rest on few customers, and of the numbers in all of them."""

from __future__ import annotations

from retention.charts.colours import GREY_TEXT, INK, PAPER
from retention.charts.contrast import ENOUGH, contrast, ink_of

# How much of its colour a cell keeps that rests on few customers.
FADED = 0.3


def faded(colour: str) -> str:
    """The colour of a cell that rests on few customers: light, so that it does not catch the eye.

    Examples
    --------
    >>> faded("#000000"), faded("#FFFFFF")
    ('#B2B2B2', '#FFFFFF')
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{int(255 - FADED * (255 - part)):02X}" for part in parts)


def cell_ink(fill: str, *, is_small: bool = False) -> str:
    """The colour of a number that can be read on its cell: grey where it rests on few customers.

    Examples
    --------
    >>> cell_ink("#083A70"), cell_ink("#F3F8FC"), cell_ink("#F3F8FC", is_small=True)
    ('#FFFFFF', '#222222', '#5F6B76')
    """
    if is_small:
        return ink_of(GREY_TEXT, fill)
    return PAPER if contrast(PAPER, fill) >= ENOUGH else ink_of(INK, fill)
