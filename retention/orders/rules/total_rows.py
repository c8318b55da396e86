"""Rows of totals among the lines ("Tổng cộng", "Grand total"): counted, all money would count twice.

A customer or an order of such a name is none. A product may be called so: there the amount has to be
the sum of the other lines of its order.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import ibis
from ibis import _

from retention.engine.connection import store
from retention.engine.frames import to_arrow

LONGEST = 40
_IDS = ("customer_id", "order_id")
_ORDER = ["customer_id", "order_id"]
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


def with_totals(lines: Any, *, keeps_ids: bool, is_remote: bool) -> Any:
    """Adds `is_total` (it is called so) and `is_sum` (it is one for certain).

    With `keeps_ids`, a customer of such a name was said to be one.
    """
    found = {name: _total_texts(lines, name) for name in (*_IDS, "product")}
    called = {name: _among(lines, name, texts) for name, texts in found.items()}
    if not any(found.values()):
        return lines.mutate(is_total=ibis.literal(False), is_sum=ibis.literal(False))
    is_id = called["order_id"] if keeps_ids else called["customer_id"] | called["order_id"]
    is_total = called["customer_id"] | called["order_id"] | called["product"]
    marked = lines.mutate(is_total=is_total, is_sum=is_id, is_total_product=called["product"])
    if found["product"]:
        marked = (_sums_on_the_engine if is_remote else _sums)(marked)
    return marked.drop("is_total_product")


def _total_texts(lines: Any, column: str) -> list[str]:
    if column not in lines.columns:
        return []
    value = lines[column]
    is_near = value.substr(0, 2).isin(_BEGINS) & (value.length() <= LONGEST)
    shown = is_near.ifelse(value, "")
    texts = lines.filter(is_near & shown.re_search(_MAY_BE)).select(column).distinct()
    return sorted(filter(is_total_word, to_arrow(texts)[column].to_pylist()))


def _among(lines: Any, column: str, texts: list[str]) -> Any:
    return lines[column].isin(texts).fill_null(False) if texts else ibis.literal(False)


def _sums(marked: Any) -> Any:
    """Products that are called totals, and are the sum of the rest of their order."""
    totals = marked.filter(marked.is_total_product).select("line_number", *_ORDER, "amount")
    others = marked.filter(~marked.is_total_product).semi_join(totals, _ORDER)
    sums = others.group_by(*_ORDER).agg(rest=_.amount.sum())
    found = totals.join(sums, [*_ORDER]).filter(_.amount == _.rest).select("line_number")
    joined = marked.left_join(store(found).mutate(is_rest=True), "line_number")
    joined = joined.mutate(is_sum=joined.is_sum | joined.is_rest.fill_null(False))
    return joined.drop("is_rest", "line_number_right")


def _sums_on_the_engine(marked: Any) -> Any:
    rest = ibis.ifelse(marked.is_total_product, None, marked.amount)
    rest = rest.sum().over(ibis.window(group_by=_ORDER))
    is_rest = marked.is_total_product & (marked.amount == rest).fill_null(False)
    return marked.mutate(is_sum=marked.is_sum | is_rest)
