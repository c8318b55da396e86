"""Colours as python-pptx wants them."""

from __future__ import annotations

from pptx.dml.color import RGBColor


def rgb(colour: str) -> RGBColor:
    """A colour from #RRGGBB.

    Examples
    --------
    >>> str(rgb("#0072B2"))
    '0072B2'
    """
    return RGBColor.from_string(colour.lstrip("#"))


def is_dark(colour: str) -> bool:
    """Whether white letters stand out better on this #RRGGBB than black ones.

    Examples
    --------
    >>> is_dark("#083A70"), is_dark("#F3F8FC")
    (True, False)
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140
