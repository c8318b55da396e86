"""Contacts in the spelling of each platform, hashed: held against hashes made here, by hand."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.export.customer_match import PLATFORMS, match_rows

# As written -> as Google, Meta and TikTok hash them; worked out by hand from their pages.
EMAILS: dict[str, tuple[str, str, str]] = {
    "an@shop.vn": ("an@shop.vn", "an@shop.vn", "an@shop.vn"),
    "  An@Shop.VN ": ("an@shop.vn", "an@shop.vn", "an@shop.vn"),
    "an.le@gmail.com": ("anle@gmail.com", "an.le@gmail.com", "an.le@gmail.com"),
    "An.Le+Tet@Gmail.com": ("anle@gmail.com", "an.le+tet@gmail.com", "an.le@gmail.com"),
    "b.inh+1+2@googlemail.com": (
        "binh@googlemail.com", "b.inh+1+2@googlemail.com", "b.inh@googlemail.com",
    ),
    "an.le+tet@yahoo.com": ("an.le+tet@yahoo.com", "an.le+tet@yahoo.com", "an.le@yahoo.com"),
    "chi_93@outlook.com": ("chi_93@outlook.com", "chi_93@outlook.com", "chi_93@outlook.com"),
    "Lê Dung <dung@cty.com.vn>": ("dung@cty.com.vn", "dung@cty.com.vn", "dung@cty.com.vn"),
    "HA@MAIL.GMAIL.COM": ("ha@mail.gmail.com", "ha@mail.gmail.com", "ha@mail.gmail.com"),
}  # fmt: skip
# As written -> country code and number, without plus.
PHONES = {
    "0912345678": "84912345678",
    "+84 912 345 678": "84912345678",
    "84912345678": "84912345678",
    "0084 912 345 678": "84912345678",
    "+84 (0)912-345-678": "84912345678",
    "0912.345.678 / 0987.654.322": "84912345678",
    "912345678": "84912345678",
    "01623456789": "84323456789",
    "+84 169 345 6789": "84393456789",
    "0123 345 6780": "84833456780",
    "024 3825 1234": "842438251234",
    "+44 844 412 4653": "448444124653",
    "001 (657) 777-0199": "16577770199",
}
UNKNOWN = ["16577770199", "0612345678", "12345678", "0000000000", "không có", "", None]
NOBODY = ["a***@shop.vn", "test@test.com", "an@shop", "+tet@gmail.com", "", None]


def sha(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8")).hexdigest()


# Examples


@pytest.mark.parametrize(
    ("platform", "header"), [("google", "Email"), ("meta", "email"), ("tiktok", "Email_SHA256")]
)
def test_emails(platform: str, header: str) -> None:
    place = ("google", "meta", "tiktok").index(platform)
    rows = match_rows(pd.DataFrame({"email": list(EMAILS)}), platform)
    assert list(rows.columns) == [header]
    assert rows[header].tolist() == [sha(spellings[place]) for spellings in EMAILS.values()]


@pytest.mark.parametrize(
    ("platform", "header", "plus"),
    [
        ("google", "Phone", "+"),
        ("meta", "phone", ""),
        ("tiktok", "Phone_SHA256", ""),
        ("zalo", "phone", ""),
    ],
)
def test_phones(platform: str, header: str, plus: str) -> None:
    rows = match_rows(pd.DataFrame({"phone": list(PHONES)}), platform)
    assert list(rows.columns) == [header]
    assert rows[header].tolist() == [sha(plus + number) for number in PHONES.values()]


@pytest.mark.parametrize("platform", list(PLATFORMS))
def test_numbers_that_nobody_knows_the_country_of_are_missing(platform: str) -> None:
    rows = match_rows(pd.DataFrame({"phone": UNKNOWN}), platform)
    assert rows.isna().all(axis=None)


def test_addresses_of_nobody_are_missing() -> None:
    assert match_rows(pd.DataFrame({"email": NOBODY}), "google").isna().all(axis=None)
    found = match_rows(pd.DataFrame({"email": NOBODY}), "meta")["email"]
    # Meta takes an address as it stands.
    assert found.dropna().tolist() == [sha("+tet@gmail.com")]


def test_zalo_takes_no_addresses() -> None:
    rows = match_rows(pd.DataFrame({"email": ["an@shop.vn"], "phone": ["0912345678"]}), "zalo")
    assert rows.to_dict("list") == {"phone": [sha("84912345678")]}


def test_numbers_as_a_spreadsheet_gives_them() -> None:
    rows = match_rows(pd.DataFrame({"phone": [84912345678.0, None]}), "meta")
    assert rows["phone"][0] == sha("84912345678")
    whole = pd.DataFrame({"phone": pd.array([912345678, None], dtype="Int64")})
    found = match_rows(whole, "meta")["phone"]
    assert (found[0], pd.isna(found[1])) == (sha("84912345678"), True)


# Laws


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(max_size=25), max_size=20))
def test_cells_give_a_hash_or_nothing(cells: list[str]) -> None:
    rows = match_rows(pd.DataFrame({"email": cells, "phone": cells}, dtype=object), "google")
    for cell in rows.to_numpy().ravel():
        assert cell is None or pd.isna(cell) or (len(cell) == 64 and int(cell, 16) >= 0)


# References


def test_hash_that_tiktok_publishes() -> None:
    """ads.tiktok.com, list of supported IDs and formats for a customer file, example 2."""
    rows = match_rows(pd.DataFrame({"email": [" JaneDoe@gmail.com"]}), "tiktok")
    published = "d6117306485ed0e50afab3ac871e98f81699151f30281527d63ff5f233656c69"
    assert rows["Email_SHA256"].tolist() == [published]
