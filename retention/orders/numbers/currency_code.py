"""The code of a currency, from what an analyst calls it."""

from __future__ import annotations

import unicodedata

from retention.orders.numbers.currency_signs import SIGNS


def currency_code(written: str) -> str:
    """The ISO code of a currency as people write it; in capitals what is not known.

    Examples
    --------
    >>> [currency_code(word) for word in ("đồng", "VNĐ", "₫", "vnd", "$")]
    ['VND', 'VND', 'VND', 'VND', 'USD']
    """
    word = " ".join(written.lower().split())
    letters = unicodedata.normalize("NFD", word)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    meanings = SIGNS.get(bare, ())
    is_clear = len(meanings) == 1 or bare in ("$", "£", "¥")
    return meanings[0] if meanings and is_clear else written.strip().upper()
