"""Contacts as each advertising platform matches them: its own spelling, then SHA-256."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Literal

import pandas as pd

from retention.orders.identity.spelling import one_spelling

Kind = Literal["email", "phone"]
Spell = Callable[[str], "str | None"]
# Of the numbers written without a country: the Vietnamese mobiles and landlines.
_AT_HOME = re.compile(r"0([35789]\d{8}|2\d{9})")
_ABROAD = re.compile(r"\+([1-9]\d{7,14})")
_GMAIL = ("gmail.com", "googlemail.com")


def match_rows(contacts: pd.DataFrame, platform: str) -> pd.DataFrame:
    """One row per row of `contacts`: hashes under the headers of the platform, missing where none.

    Parameters
    ----------
    contacts
        Columns email and phone, as people write them, or one of the two.
    platform
        A key of `PLATFORMS`.

    Returns
    -------
    DataFrame, same index
        64 hexadecimal digits per cell. The platforms' rules, as published in 2025:

        - google: Email, Phone. Gmail addresses without dots and +tag (the domain stays); phones with +
          and country code. support.google.com/google-ads/answer/7659867,
          developers.google.com/google-ads/api/docs/conversions/enhance-conversions
        - meta: email, phone. Addresses in small letters, dots and tags stay; phones as digits with the
          country code. facebook.com/business/help/2082575038703844,
          developers.facebook.com/docs/marketing-api/audiences/guides/custom-audiences
        - tiktok: Email_SHA256, Phone_SHA256. Addresses without +tag; phones as digits with the country
          code, without +. ads.tiktok.com/help/article/list-of-supported-ids-and-formats-for-a-customer-file
        - zalo: phone, as digits with the country code (84...). No public template was found: compare
          the header with the one that Zalo Ads shows you.

    Notes
    -----
    The trap: a number without a country code counts as Vietnamese if it looks so; any other one without
    is missing, since nobody knows whose it is.

    Examples
    --------
    >>> row = match_rows(pd.DataFrame({"phone": ["0912 345 678"]}), "zalo")
    >>> row["phone"][0] == hashlib.sha256(b"84912345678").hexdigest()
    True
    """
    columns = {
        header: [_hash(value, spell) for value in one_spelling(contacts[kind], kind)]
        for kind, (header, spell) in PLATFORMS[platform].items()
        if kind in contacts.columns
    }
    return pd.DataFrame(columns, index=contacts.index, dtype=object)


def _hash(value: str | None, spell: Spell) -> str | None:
    spelled = None if value is None else spell(value)
    return None if spelled is None else hashlib.sha256(spelled.encode()).hexdigest()


def _as_it_is(address: str) -> str:
    return address


def _without_tag(address: str) -> str | None:
    name, domain = address.split("@")
    kept = name.split("+")[0]
    return f"{kept}@{domain}" if kept else None


def _by_google(address: str) -> str | None:
    name, domain = address.split("@")
    if domain not in _GMAIL:
        return address
    return _without_tag(f"{name.replace('.', '')}@{domain}")


def _digits(number: str) -> str | None:
    """With the country code; missing where nobody knows the country."""
    if at_home := _AT_HOME.fullmatch(number):
        return f"84{at_home[1]}"
    abroad = _ABROAD.fullmatch(number)
    return abroad[1] if abroad else None


def _with_plus(number: str) -> str | None:
    digits = _digits(number)
    return digits and f"+{digits}"


PLATFORMS: dict[str, dict[Kind, tuple[str, Spell]]] = {
    "google": {"email": ("Email", _by_google), "phone": ("Phone", _with_plus)},
    "meta": {"email": ("email", _as_it_is), "phone": ("phone", _digits)},
    "tiktok": {"email": ("Email_SHA256", _without_tag), "phone": ("Phone_SHA256", _digits)},
    "zalo": {"phone": ("phone", _digits)},
}
