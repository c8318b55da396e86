"""What a cell looks like, for telling a header from the rows below it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

CellClass = Literal["empty", "number", "year", "date", "text"]

_YEAR = re.compile(r"(19|20)\d\d")
_NUMBER = re.compile(
    r"\(?[-+]?\s*(?:[$€£¥₫đ]|vnd|vnđ|usd|eur|gbp|r\$)?\s*[-+]?\d[\d.,'\s]*(?:e[-+]?\d+)?"
    r"\s*(?:[$€£¥₫đ%]|vnd|vnđ|usd|eur|gbp)?\s*\)?-?",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:\w+,?\s+)?\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|[^\W\d]{3,9}\.?|tháng \d{1,2},?)\s*[-/. ,]\s*\d{1,4}"
    r"(?:[T,\s]+\d{1,2}[:h]\d{2}.*)?|\d{1,2}:\d{2}(?::\d{2})?.*",
    re.IGNORECASE,
)


def cell_class(cell: object) -> CellClass:
    """The class of a cell of a text file or a sheet; text is what a header is made of."""
    if cell is None or isinstance(cell, str):
        return _text_class((cell or "").strip())
    if isinstance(cell, (dt.date, dt.time, dt.timedelta)):
        return "date"
    if isinstance(cell, bool):
        return "text"
    return "year" if cell in range(1900, 2100) else "number"


def _text_class(text: str) -> CellClass:
    if not text:
        return "empty"
    if _YEAR.fullmatch(text):
        return "year"
    if _NUMBER.fullmatch(text):
        return "number"
    return "date" if _DATE.fullmatch(text) else "text"
