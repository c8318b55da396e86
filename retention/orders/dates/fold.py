"""Cells with names in them, in one spelling: what is left are numbers, `jan`..`dec` and `am`, `pm`."""

from __future__ import annotations

from functools import reduce
from typing import Any

import ibis


def _strip_accents(text: Any) -> Any:
    """DuckDB's own: composed and decomposed letters lose their accents."""


_without_accents = ibis.udf.scalar.builtin(
    _strip_accents, name="strip_accents", signature=(("string",), "string")
)

_MONTH_WORDS = (
    "mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai",
)  # fmt: skip
_VIETNAMESE_DAYS = r"thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|cn|t\d"
_ENGLISH_DAYS = (
    "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?"
    "|sun(?:day)?"
)
_SHORT = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_ENDINGS = "uary|ruary|ch|il|e|y|ust|t|tember|ober|ember"

# In this order. Digits may stand for any digit (a shape has only ones), so nothing asks which one it
# is, except where a marker of the half of the day says what the hour says already.
_STEPS = (
    (r"[\x{200b}-\x{200f}\x{feff}]", ""),
    (r"[\x{2010}-\x{2015}\x{2212}]", "-"),
    (r"[\t\r\n\x{a0}\x{202f}\x{2009}]", " "),
    (r"  +", " "),
    (r"^[ '\"]+|[ '\".,;]+$", ""),
    (r"([+-]\d\d:?\d\d) ?[(\[][a-z_/ ]*[)\]]$", r"\1"),
    (r"\b(?:gmt|utc)([+-]\d)", r"\1"),
    (r"\bthu \d ?,|\bthu \d (\d{1,2}[-/. ]\d)|\bthu \d (ngay)\b", r" \1\2"),
    (rf"\b(?:{_VIETNAMESE_DAYS}|{_ENGLISH_DAYS})\b[.,]*", " "),
    (r"\b(?:thang|thg|th)\.? ?(\d{1,2})\b", r"m\1"),
    (r"\b(?:ngay|nam|luc|vao|at|of|on)\b", " "),
    (rf"\b({_SHORT})(?:{_ENDINGS})?\b\.?", r"\1"),
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"(\d) ?(?:h|gio) ?(\d\d)(?: ?(?:phut|p|m)\b)?", r"\1:\2"),
    (r"(\d)( ?)(?:am|a\.m|sang|sa)\b\.?", r"\1\2am"),
    (r"(\d)( ?)(?:pm|p\.m|chieu|ch|toi)\b\.?", r"\1\2pm"),
    (r"(^|[^:\d])(1[3-9]|2[0-3])(:\d\d)(:\d\d)? ?pm\b", r"\1\2\3\4"),
    (r"(^|[^:\d])(00?)(:\d\d)(:\d\d)? ?am\b", r"\1\2\3\4"),
    (r",( |$)|,(\d{4})$", r" \2"),
    (r"[(\[] *[)\]]", " "),
    (r" +/ *|/ +", "/"),
    (r"(\d\.) +", r"\1"),
    (r"  +", " "),
)


def fold(text: Any) -> Any:
    """The cell in lower case without accents, weekdays, filling words and stray blanks."""
    plain = _without_accents(text).lower()
    plain = ibis.ifelse(plain.contains("thang"), _numbered_months(plain), plain)
    return reduce(lambda cell, step: cell.re_replace(*step), _STEPS, plain).strip()


def _numbered_months(text: Any) -> Any:
    """Months in words as numbers, the long names first: eleven begins like ten."""
    longest = sorted(enumerate(_MONTH_WORDS, 1), key=lambda month: -len(month[1]))
    spaced = text.re_replace(r"[\s\x{a0}]+", " ").replace("thang bon", "thang 4")
    return reduce(
        lambda cell, month: cell.replace(f"thang {month[1]}", f"thang {month[0]}"), longest, spaced
    )
