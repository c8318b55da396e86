"""Headers, statuses and other words of a source, as they are compared."""

from __future__ import annotations

import re
import unicodedata


def plain(header: str) -> str:
    """A header without accents, case and punctuation.

    Examples
    --------
    >>> plain("Mã_Đơn hàng ")
    'ma don hang'
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header)
    letters = unicodedata.normalize("NFD", spaced.replace("Đ", "D").replace("đ", "d"))
    ascii_only = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", " ", ascii_only.lower()).strip()
