"""Text on a slide: fitted to its box, never cut."""

from __future__ import annotations

from typing import Any, NamedTuple

from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Pt

from retention.errors import ArgumentError
from retention.export.box import Box
from retention.export.fit import LINE_HEIGHT, fitted_size
from retention.export.whole_dates import keep_dates_whole
from retention.files import UNWRITABLE

# Margins that PowerPoint gives a text box, both sides together, in points.
MARGIN_WIDTH, MARGIN_HEIGHT = 14.4, 7.2


class Look(NamedTuple):
    """Sizes between which a text is fitted, and how it stands in its box."""

    largest: int
    smallest: int
    is_bold: bool = False
    is_faint: bool = False
    is_bottom: bool = False
    # Points below each paragraph.
    gap: int = 0
    # Only the first paragraph is as bold as the look says, the others are faint.
    is_headed: bool = False
    # Points that a text gives up where it then needs one line instead of a second for a word or two.
    spare: int = 0


TITLE = Look(28, 12, is_bold=True, spare=3)
SUBTITLE = Look(20, 10)
TAKEAWAY = Look(18, 11, gap=6)
CAPTION = Look(12, 8, is_bold=True, is_headed=True)
FOOTER = Look(10, 7, is_faint=True, is_bottom=True)


def size_for(text: str, box: Box, look: Look, *, name: str) -> int:
    """The font size for a text in its box.

    Parameters
    ----------
    text
        The text, with line breaks.
    box
        Where it will stand.
    look
        Sizes to try.
    name
        The argument's name, for the message.

    Returns
    -------
    int
        Points.

    Raises
    ------
    ArgumentError
        The text does not fit even at the smallest size.

    Notes
    -----
    The trap: ask before the slide is made, so that a refusal leaves no half slide.
    """
    width, height = box.points
    size = fitted_size(
        text,
        width=width - MARGIN_WIDTH,
        height=height - MARGIN_HEIGHT - look.gap * (text.count("\n") + 1),
        largest=look.largest,
        smallest=look.smallest,
        is_bold=look.is_bold,
    )
    if size is None:
        raise ArgumentError(
            f"{name}: {len(text):,} characters ({text[:40]!r} ...) do not fit on the slide, not "
            f"even at {look.smallest} points. Shorten it and put the rest into notes=."
        )
    return _on_one_line(text, width - MARGIN_WIDTH, look, size) or size


def _on_one_line(text: str, width: float, look: Look, size: int) -> int | None:
    """A somewhat smaller size at which the text needs one line; None where there is none."""
    return fitted_size(
        text,
        width=width,
        height=size * LINE_HEIGHT,
        largest=size,
        smallest=max(size - look.spare, look.smallest),
        is_bold=look.is_bold,
    )


def write_text(slide: Any, text: str, box: Box, look: Look, *, size: int, shape: Any = None) -> Any:
    """Write a text on a slide.

    Parameters
    ----------
    slide
        A python-pptx slide.
    text
        The text; line breaks begin paragraphs.
    box
        Where a new text box is put, or where the given `shape` stands.
    look
        Bold, faint, bottom.
    size
        Points, from `size_for`.
    shape
        A placeholder to write into; None makes a text box.

    Returns
    -------
    python-pptx shape
        The shape written to.

    Notes
    -----
    The trap: colours come from the theme, so that a dark company template stays readable.
    """
    is_ours = shape is None
    shape = slide.shapes.add_textbox(*box) if is_ours else shape
    frame = shape.text_frame
    room = box.points[0] - MARGIN_WIDTH
    whole = keep_dates_whole(text, width=room, size=size, is_bold=look.is_bold)
    frame.text = UNWRITABLE.sub("", whole)
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    if look.is_bottom:
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for place, paragraph in enumerate(frame.paragraphs):
        is_below = look.is_headed and place > 0
        paragraph.space_after = Pt(look.gap)
        # On the runs, too: what a paragraph says of its letters is not heard by every program.
        for font in (paragraph.font, *(run.font for run in paragraph.runs)):
            font.size = Pt(size)
            # A placeholder keeps the weight that its template gives it.
            font.bold = (look.is_bold and is_ours and not is_below) or None
            if look.is_faint or is_below:
                font.color.theme_color = MSO_THEME_COLOR.TEXT_1
                font.color.brightness = 0.35
    return shape
