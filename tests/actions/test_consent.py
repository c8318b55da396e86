"""Yes and no in the words of people."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.actions.consent import NO, YES, opted_out
from retention.errors import ArgumentError
from retention.orders.plain import plain


def test_words_are_known_as_they_are_compared() -> None:
    assert [word for word in YES | NO if plain(word) != word] == []
    assert not YES & NO


@pytest.mark.parametrize(
    "word", ["Yes", " y ", "TRUE", "1", "Có", "Đồng ý", "opted-in", "Subscribed"]
)
def test_yes(word: str) -> None:
    assert opted_out(pd.Series([word])).tolist() == [False]


@pytest.mark.parametrize(
    "word",
    ["No", "opted-out", "Opt out", "unsubscribe", "declined", "Từ chối", "Không", "withdrawn", "N/A",
     "unknown", "STOP", "", None, "chưa đồng ý"],
)  # fmt: skip
def test_whoever_has_not_said_yes_is_opted_out(word: str | None) -> None:
    assert opted_out(pd.Series([word, "yes"])).tolist() == [True, False]


def test_numbers_and_flags() -> None:
    assert opted_out(pd.Series([1, 0])).tolist() == [False, True]
    assert opted_out(pd.Series([1.0, None])).tolist() == [False, True]
    assert opted_out(pd.Series([True, False])).tolist() == [False, True]
    assert opted_out(pd.Series([True, None], dtype="boolean")).tolist() == [False, True]


def test_what_is_neither_is_refused() -> None:
    said = pd.Series(["yes", "maybe", "maybe", "nein"], name="newsletter")
    with pytest.raises(
        ArgumentError,
        match=r"consent: 3 of 4 people have .* in 'newsletter' \('maybe', 'nein'\)",
    ):
        opted_out(said)
