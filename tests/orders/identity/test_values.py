"""E-mail addresses and phone numbers in one spelling each, out of the cells that people write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.identity.values import email_values, phone_values


def read(function: Callable[[Any], Any], cells: list[str | None]) -> list[str | None]:
    table = store(pa.table({"cell": pa.array(cells, pa.string())}))
    rows = to_arrow(function(table.cell)).to_pylist()
    found = {row["text"]: row["value"] for row in rows}
    assert set(found) == {cell for cell in cells if cell is not None}
    return [found.get(cell) for cell in cells]


# examples

EMAILS = {
    " An@Shop.VN ": "an@shop.vn",
    "Lê An <an@shop.vn>": "an@shop.vn",
    "mailto:an@shop.vn": "an@shop.vn",
    "an@shop.vn; binh@shop.vn": "an@shop.vn",
    "an@shop.vn.": "an@shop.vn",
    "an.le+tet@shop.vn": "an.le+tet@shop.vn",
    "An.Le+Tet@GoogleMail.com": "anle@gmail.com",
    "anle@gmail.com": "anle@gmail.com",
    "tie\u0302\u0301n@shop.vn": "tiến@shop.vn",
    "tiến@shop.vn": "tiến@shop.vn",
    "a***@shop.vn": None,
    "an@shop": None,
    "@shop.vn": None,
    "không có": None,
    "none@none.com": None,
    "test@test.com": None,
    "": None,
}
PHONES = {
    "0912 345 678": "0912345678",
    "0912.345.678": "0912345678",
    "(0912) 345-678": "0912345678",
    "0912\u00a0345\u00a0678": "0912345678",
    "+84 912 345 678": "0912345678",
    "+84 (0)912 345 678": "0912345678",
    "84912345678": "0912345678",
    "0084 912345678": "0912345678",
    "tel:+84912345678": "0912345678",
    "'0912345678": "0912345678",
    "912345678": "0912345678",
    "912345678.0": "0912345678",
    "0912345678 / 0987654322": "0912345678",
    "0912345678 - 0987654322": "0912345678",
    "0912345678 (chị An)": "0912345678",
    "01682345678": "0382345678",
    "+84 168 234 5678": "0382345678",
    "1682345678": "0382345678",
    "01202345678": "0702345678",
    "028 3822 1234": "02838221234",
    "+84 28 3822 1234": "02838221234",
    "+33 6 12 34 56 78": "+33612345678",
    "0033 612345678": "+33612345678",
    "(202) 555-0143": "2025550143",
    "113": None,
    "0000000000": None,
    "0123456789": None,
    "090****123": None,
    "9.12346E+08": None,
    "không có": None,
    "": None,
}
PREFIXES = {
    "Viettel": ("0162 0163 0164 0165 0166 0167 0168 0169", "032 033 034 035 036 037 038 039"),
    "MobiFone": ("0120 0121 0122 0126 0128", "070 079 077 076 078"),
    "VinaPhone": ("0123 0124 0125 0127 0129", "083 084 085 081 082"),
    "Vietnamobile": ("0186 0188", "056 058"),
    "Gmobile": ("0199", "059"),
}


def test_emails() -> None:
    assert dict(zip(EMAILS, read(email_values, list(EMAILS)), strict=True)) == EMAILS


def test_phones() -> None:
    assert dict(zip(PHONES, read(phone_values, list(PHONES)), strict=True)) == PHONES


@pytest.mark.parametrize("operator", PREFIXES)
def test_numbers_before_and_after_2018(operator: str) -> None:
    old, new = (prefixes.split() for prefixes in PREFIXES[operator])
    found = read(phone_values, [f"{prefix}2345078" for prefix in old])
    assert found == [f"{prefix}2345078" for prefix in new]


def test_missing_cells_are_no_value() -> None:
    assert read(email_values, [None, None]) == [None, None]


# laws


@given(
    number=st.from_regex(r"[35789][0-9]{8}", fullmatch=True),
    gap=st.sampled_from(["", " ", ".", "-", "\u00a0"]),
)
def test_every_spelling_of_a_mobile_is_one(number: str, gap: str) -> None:
    parts = gap.join((number[:2], number[2:5], number[5:]))
    spellings = [f"{start}{parts}" for start in ("0", "+84", "84", "0084", "+840", "+84 (0)", "")]
    assert len(set(read(phone_values, list(spellings)))) == 1


@given(cells=st.lists(st.text(max_size=20), max_size=8))
def test_any_text_is_read_or_missing(cells: list[str]) -> None:
    cells = [cell.replace("\0", "") for cell in cells]
    for value in read(phone_values, list(cells)):
        assert value is None or value.lstrip("+").isdecimal()
    for value in read(email_values, list(cells)):
        assert value is None or value.count("@") == 1
