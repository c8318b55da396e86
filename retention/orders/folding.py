"""Words found in millions of texts, whatever their case, accents and spaces: "Khách  LẺ" is one.

The engine compares skeletons (the plain letters that are left without accented ones), in one quick
pass; the few that fit are compared letter by letter here.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import Any

LONGEST = 40


def has_skeleton(value: Any, words: tuple[str, ...]) -> Any:
    """Whether an engine's text may be one of the words: the same skeleton, and no digits."""
    is_word = (value.length() <= LONGEST) & ~value.re_search("[0-9@]")
    return is_word & value.lower().re_replace("[^a-z]+", "").isin(_skeletons(words))


def folded(word: str) -> str:
    """Small letters without accents, composed or not, without spaces and punctuation.

    Examples
    --------
    >>> folded("Khách  LẺ")
    'khachle'
    """
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isalnum())


def _skeletons(words: tuple[str, ...]) -> list[str]:
    """Every way a word leaves plain letters behind: each part with accents or without."""
    found = set()
    for word in words:
        parts = [{_ascii(part), folded(part), _ascii(_decomposed(part))} for part in word.split()]
        found |= {"".join(way) for way in product(*parts)}
    return sorted(found - {""})


def _ascii(word: str) -> str:
    return re.sub("[^a-z]+", "", word.lower())


def _decomposed(word: str) -> str:
    return unicodedata.normalize("NFD", word)
