"""The text of a number, tidied: one kind of digit, space, minus and apostrophe; no accents."""

from __future__ import annotations

from typing import Any

import ibis

_ALIKE = {
    **dict(zip("０１２３４５６７８９，．（）－＋￥＄％", "0123456789,.()-+¥$%", strict=True)),
    **dict.fromkeys("−–—‒‐‑﹣", "-"),
    **dict.fromkeys("\t\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009", " "),
    **dict.fromkeys("\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("’‘ʼ`´＇′", "'"),
    # Eth looks like the Vietnamese letter, and is what some keyboards give.
    **dict.fromkeys("Ðð", "đ"),
    # These two divide a cell into parts further on.
    **dict.fromkeys("#!", "?"),
}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u00ad"
# Whatever is not among the printed signs that amounts are mostly written with.
_UNUSUAL = r"[^ \"$-_a-~đĐ₫€£¥]"


def _builtin(text: Any) -> Any:
    """DuckDB's own."""


_without_accents = ibis.udf.scalar.builtin(
    _builtin, name="strip_accents", signature=(("string",), "string")
)


def clean_text(cell: Any) -> Any:
    """The cell in lower case, without accents, fancy characters and outer blanks."""
    alike = cell.translate("".join(_ALIKE) + _UNSEEN, "".join(_ALIKE.values()))
    is_unusual = cell.re_search(_UNUSUAL)
    return ibis.ifelse(is_unusual, _without_accents(alike), cell).lower().strip()
