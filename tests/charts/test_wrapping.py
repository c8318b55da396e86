"""Words broken into lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from retention.charts.wrapping import fill, shorten


# examples
def test_short_words_stay() -> None:
    assert shorten("new", 10, 2) == "new"


def test_a_cut_is_shown() -> None:
    assert shorten("one two three four", 5, 2) == "one\ntwo…"


def test_given_breaks_are_kept() -> None:
    assert shorten("a\nb", 10, 2) == "a\nb"


@pytest.mark.parametrize("width", [80, 200, 1000])
def test_filled_lines_fit_and_no_word_is_lost(width: float) -> None:
    artist = Figure().text(0, 0, "")
    words = "Customers who came back over customers observed, summed over the cohorts"
    fill(artist, words, width)
    assert artist.get_window_extent().width <= max(width, 75)
    assert artist.get_text().split() == words.split()


# laws
@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80), st.integers(2, 20), st.integers(1, 3))
def test_never_more_lines_or_characters_than_asked(words: str, width: int, lines: int) -> None:
    kept = shorten(words, width, lines).split("\n")
    assert len(kept) <= lines
    assert max(map(len, kept)) <= width
