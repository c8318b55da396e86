"""Cells of a table in one spelling, with Gmail's dots and tags as written."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.orders.identity.spelling import as_text, one_spelling

# examples


def test_dots_and_tags_stay() -> None:
    cells = pd.Series([" An.Le+Tet@GMail.com ", "a***@shop.vn", None], index=[7, 3, 5])
    found = one_spelling(cells, "email")
    assert found.tolist() == ["an.le+tet@gmail.com", None, None]
    assert found.index.tolist() == [7, 3, 5]


def test_spellings_of_a_phone_meet() -> None:
    cells = pd.Series(["0912 345 678", "+84912345678", "01623456789", "+1 657 777 0199", "-"])
    expected = ["0912345678", "0912345678", "0323456789", "+16577770199", None]
    assert one_spelling(cells, "phone").tolist() == expected


@pytest.mark.parametrize(
    "cells",
    [
        pd.Series([17850, None], dtype="Int64"),
        pd.Series([17850.0, float("nan")]),
        pd.Series(["17850", None], dtype="string"),
        pd.Series(["17850", pd.NA], dtype=object),
    ],
)
def test_whole_numbers_are_texts_without_decimals(cells: pd.Series) -> None:
    assert as_text(cells).tolist() == ["17850", None]


def test_no_cells_are_no_texts() -> None:
    assert one_spelling(pd.Series([], dtype=object), "phone").tolist() == []
    assert one_spelling(pd.Series([None, None]), "email").tolist() == [None, None]


def test_characters_that_no_file_holds_are_left_out() -> None:
    assert one_spelling(pd.Series(["an@shop.vn\ud800"], dtype=object), "email").tolist() == [
        "an@shop.vn"
    ]
