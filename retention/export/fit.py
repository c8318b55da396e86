"""How large a text may be so that it fits its box: PowerPoint does not shrink what code writes."""

from __future__ import annotations

from retention.export.font_widths import letter_width

LINE_HEIGHT = 1.2
# Bold letters are that much wider.
_BOLD = 1.08


def text_width(text: str, *, size: float, is_bold: bool = False) -> float:
    """How wide a line of text is in the font of the slides, rather too wide than too narrow.

    Parameters
    ----------
    text
        One line.
    size
        Font size in points.
    is_bold
        Whether it is bold.

    Returns
    -------
    float
        Points.

    Notes
    -----
    The trap: a font that is not installed here is taken for a wide one, so its texts get smaller.

    Examples
    --------
    >>> text_width("ill", size=10) < text_width("WWW", size=10)
    True
    """
    return sum(map(letter_width, text)) * size * (_BOLD if is_bold else 1.0)


def fitted_size(
    text: str,
    *,
    width: float,
    height: float,
    largest: int,
    smallest: int,
    is_bold: bool = False,
) -> int | None:
    """The largest font size at which the text fits the box.

    Parameters
    ----------
    text
        The text; line breaks begin paragraphs.
    width, height
        The box inside its margins, in points.
    largest, smallest
        Font sizes to try, in points.
    is_bold
        Whether the text is bold.

    Returns
    -------
    int or None
        Points; None where the text does not even fit at the smallest size.

    Notes
    -----
    The trap: None must be dealt with by the caller; text that does not fit is never cut silently.

    Examples
    --------
    >>> fitted_size("short", width=400, height=40, largest=28, smallest=12)
    28
    >>> fitted_size("long " * 90, width=400, height=40, largest=28, smallest=8) is None
    True
    """
    for size in range(largest, smallest - 1, -1):
        lines = sum(_lines(part, width, size, is_bold) for part in text.split("\n"))
        if lines * size * LINE_HEIGHT <= height:
            return size
    return None


def _lines(paragraph: str, width: float, size: float, is_bold: bool) -> int:
    """Lines of one paragraph when words move down whole and only too long words are broken."""
    space = text_width(" ", size=size, is_bold=is_bold)
    lines, used = 1, 0.0
    for word in paragraph.split():
        length = text_width(word, size=size, is_bold=is_bold)
        if used and used + space + length > width:
            lines, used = lines + 1, 0.0
        used += length + (space if used else 0.0)
        lines, used = lines + int(used // width), used % width
    return lines
