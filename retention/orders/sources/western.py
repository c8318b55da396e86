"""Whether a word can be one of a Western European language, as Windows-1252 has their letters."""

from __future__ import annotations

import re

# Not Icelandic: its letters are where Windows-1258 has the Vietnamese ones, and codes such as
# "ĐH12" would be read as its words.
LANGUAGES = {
    "French": "àâæçéèêëîïôœùûüÿ",
    "Spanish": "áéíóúüñçª",
    "Portuguese": "áâãàçéêíóôõúüñ",
    "Italian": "àèéìíîòóùú",
    "Catalan": "àçéèíïóòúü",
    "German and Nordic": "äöüßåæøéèêóôáàšž",
    "Dutch": "ëïéèöüáíóúêôâçñ",
}
_HIGH = re.compile(r"[^\x00-\x7f]")
_NASAL = re.compile(r"ã(?![oes]|$)|õ(?!e)")  # Portuguese has them in ão, ãe, ãs, õe
_ENDING = re.compile(r"[ìò](?=\w)")  # Italian has them at the end


def western_share(words: list[str]) -> float:
    """The share of words that the best fitting of the languages could have."""
    if not words:
        return 0.0
    fits = (sum(_fits(word, letters) for word in words) for letters in LANGUAGES.values())
    return max(fits) / len(words)


def _fits(word: str, letters: str) -> bool:
    """Known letters only, in one case, no three of them in a row."""
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    low = word.lower()
    high = _HIGH.findall(low)
    is_known = all(letter in letters for letter in high)
    return is_known and not re.search(r"[^\x00-\x7f]{3}", low) and not _odd(low)


def _odd(low: str) -> bool:
    return bool(_NASAL.search(low) or _ENDING.search(low))
