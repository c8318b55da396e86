"""How wide letters are: measured in the font itself, or in Helvetica's published widths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.ft2font import FT2Font, LoadFlags

# Arial and Liberation Sans have Helvetica's widths, by design.
HOUSE_FONT = "Arial"
_AS_HELVETICA = frozenset({"arial", "helvetica", "liberation sans", "nimbus sans", "arimo"})
# A font that is not installed may be wider by so much; Verdana is.
_UNKNOWN = 1.18
# Rather too wide than too narrow: programs differ by some hundredths.
_SAFETY = 1.03
_LINE = re.compile(r"C (\d+) ; WX (\d+) ;")
# Letters without a base in Unicode, and how their hook or horn widens one.
_BASES = {"đ": "d", "Đ": "D", "“": "f", "”": "f", "‘": "f", "’": "f", "…": "W", "→": "W"}
_HORN = "\u031b"


# The font of the slides that are being made.
_font: ContextVar[str] = ContextVar("retention_font", default=HOUSE_FONT)


@contextmanager
def lettered(font: str) -> Iterator[None]:
    """Measure in a font inside a `with` block; nothing global is left behind."""
    token = _font.set(font)
    try:
        yield
    finally:
        _font.reset(token)


def letter_width(letter: str) -> float:
    """The width of a letter in the font of the slides, in units of its size.

    Parameters
    ----------
    letter
        One letter; a combining mark has no width.

    Notes
    -----
    The trap: the machine that opens the file may have another font than the one that measures.

    Examples
    --------
    >>> letter_width("ấ") == letter_width("a"), letter_width("W") > 2 * letter_width("i")
    (True, True)
    """
    return _widths(_font.get())(letter)


@lru_cache(maxsize=32)
def _widths(font: str) -> Callable[[str], float]:
    """From a letter to its width; a font that is not installed is taken for a wide one."""
    if font.lower() in _AS_HELVETICA:
        return _measured(_helvetica(), 1.0)
    path = _installed(font)
    return _measured(_helvetica(), _UNKNOWN) if path is None else _drawn(path)


def _measured(widths: dict[str, float], factor: float) -> Callable[[str], float]:
    @lru_cache(maxsize=4096)
    def width(letter: str) -> float:
        if unicodedata.combining(letter):
            return 0.0
        if unicodedata.east_asian_width(letter) in "WF":
            return 1.0
        parts = unicodedata.normalize("NFD", letter)
        base = _BASES.get(parts[0], parts[0])
        own = widths.get(base, widths["m"] if base.isupper() else widths["W"] * 0.8)
        return (own + (0.09 if _HORN in parts else 0.0)) * factor * _SAFETY

    return width


@lru_cache(maxsize=1)
def _helvetica() -> dict[str, float]:
    path = Path(mpl.get_data_path()) / "fonts" / "afm" / "phvr8a.afm"
    lines = _LINE.findall(path.read_text(encoding="latin-1"))
    widths = {chr(int(code)): int(width) / 1000 for code, width in lines if int(code) < 127}
    return widths | {"\u2011": widths["-"], "–": 0.556, "—": 1.0, "·": 0.278, "’": 0.222}


def _installed(font: str) -> str | None:
    try:
        properties = FontProperties(family=font)
        return str(fontManager.findfont(properties, fallback_to_default=False))
    except ValueError:
        return None


def _drawn(path: str) -> Callable[[str], float]:
    face = FT2Font(path)
    face.set_size(100.0, 72)
    known = face.get_charmap()

    @lru_cache(maxsize=4096)
    def width(letter: str) -> float:
        if unicodedata.combining(letter):
            return 0.0
        if ord(letter) not in known:
            # As wide as the letter without its marks, if the font has that.
            base = unicodedata.normalize("NFD", letter)[0]
            return width(base) if base != letter else 1.0
        glyph = face.load_char(ord(letter), flags=LoadFlags.NO_HINTING)
        return float(glyph.linearHoriAdvance) / 65536 / 100 * _SAFETY

    return width
