"""Translations: a catalogue of gettext for each language, and how that language writes numbers.

Imported when a language other than English is first used: reading a catalogue takes a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol

LOCALES = Path(__file__).parent / "locale"


def read_catalogue(code: str) -> Mapping[str, str]:
    """Every sentence of the catalogue and its translation; untranslated ones are left out."""
    path = LOCALES / code / "LC_MESSAGES" / "retention.po"
    with path.open("rb") as lines:
        messages = read_po(lines, locale=code, abort_invalid=True)
    return {str(each.id): str(each.string) for each in messages if each.id and each.string}


def number_signs(code: str) -> tuple[str, str]:
    """The sign between thousands, and the one before decimals.

    Examples
    --------
    >>> number_signs("vi")
    ('.', ',')
    """
    return get_group_symbol(code), get_decimal_symbol(code)
