"""Which of the older encodings a text is in: Windows-1252 (Western) or Windows-1258 (Vietnamese).

Both read nearly every byte, so a wrong choice raises nothing; the words decide.
"""

from __future__ import annotations

import re
import unicodedata

from retention.orders.sources.syllable import is_syllable
from retention.orders.sources.western import western_share

ENOUGH, AHEAD = 0.8, 0.3  # share of words that must fit, and by how much more than otherwise
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
# A sign that no text has between two letters: what it looks like when bytes are read wrongly.
_INSIDE = re.compile(
    r"[^\W\d_][\u0080-\u00a9\u00ab-\u00b6\u00b8\u00b9\u00bb-\u00bf×÷†‡…‰‹›€ƒ„‚•˜™¤][^\W\d_]"
)
_PLAIN_SIGNS = set("€£¥§©®°±²³·¼½¾×–—‘’“”…•™ªº¡¿«»\u00a0")
_DONG = re.compile(rb"\d ?\xfe")  # the sign of the dong in 1258, an Icelandic letter in 1252


def choose_legacy(data: bytes) -> str | None:
    """The encoding under which the words of `data` are words; None where that cannot be told.

    Where the two read it differently, only the words they read differently say which is right.
    """
    western, vietnamese = _decoded(data, "cp1252"), _decoded(data, "cp1258")
    words, others = _words(western), _words(vietnamese)
    if western == vietnamese:
        return "cp1252" if _is_text(western, words) else None
    fit = 0.0 if _INSIDE.search(western) else western_share(_long(words - others, 3))
    other = 0.0 if _INSIDE.search(vietnamese) else _syllable_share(_long(others - words, 2))
    if _DONG.search(data) and not _long(others - words, 2):
        return "cp1258"
    if other >= ENOUGH and other - fit >= AHEAD:
        return "cp1258"
    return "cp1252" if fit >= ENOUGH and fit - other >= AHEAD else None


def _decoded(data: bytes, encoding: str) -> str:
    """Empty where a byte has no meaning."""
    try:
        return unicodedata.normalize("NFC", data.decode(encoding))
    except UnicodeDecodeError:
        return ""


def _words(text: str) -> set[str]:
    """Each word with letters beyond ASCII, once."""
    return {word for word in _WORD.findall(text) if not word.isascii()}


def _long(words: set[str], least: int) -> list[str]:
    """A letter that stands alone, such as in a code, tells no language."""
    return [word for word in words if len(word) >= least]


def _is_text(text: str, words: set[str]) -> bool:
    if not text or _INSIDE.search(text):
        return False
    signs = {sign for sign in text if not sign.isascii()}
    listed = sorted(words)
    return signs <= _PLAIN_SIGNS or max(western_share(listed), _syllable_share(listed)) >= ENOUGH


def _syllable_share(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
