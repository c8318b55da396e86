"""The placeholders that a template puts on a slide."""

from __future__ import annotations

from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER

from retention.export.title_shape import title_shape

_KINDS = {
    PP_PLACEHOLDER.TITLE: "title",
    PP_PLACEHOLDER.CENTER_TITLE: "title",
    PP_PLACEHOLDER.SUBTITLE: "subtitle",
    PP_PLACEHOLDER.SLIDE_NUMBER: "number",
}


def placeholder_kind(shape: Any) -> str:
    """What a placeholder is for: "title", "subtitle", "number", or "" for all others."""
    return _KINDS.get(shape.placeholder_format.type, "")


def clear_placeholders(slide: Any, *, kept: Any = None) -> None:
    """Remove the empty placeholders, which would say "Click to add text", in place.

    Parameters
    ----------
    slide
        A new python-pptx slide.
    kept
        One that stays beside the title, or None.

    Notes
    -----
    The trap: only for slides of our own; somebody else's empty placeholder may be on purpose.
    """
    stay = [title_shape(slide).element, *([] if kept is None else [kept.element])]
    for shape in list(slide.placeholders):
        if not any(shape.element is element for element in stay):
            shape.element.getparent().remove(shape.element)
