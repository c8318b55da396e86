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
