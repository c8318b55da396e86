"""The row below a header that says in words what each column means, as TikTok Shop's exports have one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from retention.orders.columns.declarations import ORDERS

_DIGIT, _LETTER = r"[0-9]", r"\pL"
_WORDS = ("ordered_at", "order_id", "customer_id")
_NUMBERS = ORDERS.of_kind("money", "number")


def is_described(rows: Any, theirs: Mapping[str, str]) -> Any:
    """Words for date, ids and a number, and no digit in any of them; what is a line is decided elsewhere."""
    known = {ours: rows[name] for ours, name in theirs.items() if rows[name].type().is_string()}
    numbers = [known[name] for name in _NUMBERS if name in known]
    if not (numbers and known.keys() >= set(_WORDS)):
        return ibis.literal(False)
    words = [_is_wordy(known[name]) for name in _WORDS]
    bare = [~cell.re_search(_DIGIT).fill_null(False) for cell in numbers]
    return ibis.and_(*words, *bare, ibis.or_(*map(_is_wordy, numbers)))


def _is_wordy(cell: Any) -> Any:
    return (cell.re_search(_LETTER) & ~cell.re_search(_DIGIT)).fill_null(False)
