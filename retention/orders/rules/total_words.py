"""The words that name a row of totals, of a whole table or of a period."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

LONGEST = 40
# Tống and Công are names of people: without their accents these two words say nothing by themselves.
_TOTAL = (
    "(?:grand|sub|sum|overall)?totals?(?:amount|sales|revenue|orders?)?"
    "|tổng(?:cộng|số|tiền|sốtiền|doanhthu|doanhsố|thànhtiền)?|cộng|tongcong|tongso|tongtien|"
    "tongsotien|tongdoanhthu|tongdoanhso|tongthanhtien"
)
_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_SHORT = "(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
_PERIOD = (
    rf"(?:cả|ca|of|for|in)?(?:{_MONTH}|{_SHORT}|(?:tháng|thang|month|quý|quy|quarter|q|năm|nam|year|"
    rf"tuần|tuan|week|ngày|ngay|day)(?:\d{{1,8}}|[iv]{{1,3}}\d{{0,4}}))?(?:(?:năm|nam)?(?:19|20)\d\d)?"
)
_IS_TOTAL = re.compile(rf"(?:{_TOTAL})(?:{_PERIOD})?")
# What the engine looks for: first two letters, which cost next to nothing, then a pattern.
_BEGINS = tuple(
    written
    for two in ("to", "tổ", "cộ", "co", "gr", "su", "ov")
    for written in (two, two.title(), two.upper())
)
_MAY_BE = "(?i)^(?:(?:grand|sub|sum|overall)[^a-z0-9]*)?(?:total|t.{1,3}ng|c.{1,3}ng)"


def is_total_word(words: str) -> bool:
    """Whether a text is the name of a row of totals, of all or of a period.

    Examples
    --------
    >>> [is_total_word(words) for words in ("Tổng cộng:", "Tổng tháng 1/2024", "Tống Công", "TOTAL")]
    [True, True, False, True]
    """
    letters = unicodedata.normalize("NFC", words.lower())
    return bool(_IS_TOTAL.fullmatch("".join(filter(str.isalnum, letters))))


def may_be_total(text: Any) -> Any:
    """Whether a text is worth asking `is_total_word`, as an expression that costs next to nothing."""
    is_near = text.substr(0, 2).isin(_BEGINS) & (text.length() <= LONGEST)
    return is_near & is_near.ifelse(text, "").re_search(_MAY_BE)
