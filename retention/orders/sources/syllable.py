"""Whether a word can be a Vietnamese syllable: few combinations of letters are."""

from __future__ import annotations

import re
import unicodedata

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_ONSET = "ngh|ng|nh|gh|gi|g|kh|k|ch|c|ph|th|tr|t|qu|b|d|đ|h|l|m|n|p|r|s|v|x|"
_CLOSED = "uyê|oă|uâ|iê|yê|uô|ươ|ă|â"  # a consonant must follow
_OPEN = (
    "iêu|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyu|ươi|ươu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu"
)
_EITHER = "oa|oe|oo|uê|uơ|uy|a|e|ê|i|o|ô|ơ|u|ư|y"
_CODA = "ch|c|m|ng|nh|n|p|t"
_SYLLABLE = re.compile(
    rf"(?:{_ONSET})(?:(?:{_CLOSED})(?:{_CODA})|(?:{_OPEN})|(?:{_EITHER})(?:{_CODA})?)"
)


def is_syllable(word: str) -> bool:
    """Whether it is spelt like one, with one tone at most; capital letters do not count."""
    signs = unicodedata.normalize("NFD", word.casefold())
    tones = sum(sign in _TONES for sign in signs)
    plain = unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in _TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(plain) is not None
