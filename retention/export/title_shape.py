"""The title among the shapes of a slide."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def title_shape(slide: Any) -> Any:
    """The placeholder that is the title by its type; None where there is none.

    Parameters
    ----------
    slide
        A python-pptx slide.

    Notes
    -----
    The trap: the library takes the first one with number 0, which odd templates give to several.
    """
    places = (shape for shape in slide.placeholders if shape.placeholder_format.type in _TITLES)
    return next(places, None)
