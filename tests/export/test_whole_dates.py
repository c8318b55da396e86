"""Dates in titles and footers, which no line may break."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation

from retention.charts.picture import Picture, Series
from retention.export.deck import Deck
from retention.export.fit import text_width
from retention.export.whole_dates import keep_dates_whole

HYPHEN = "\u2011"


# examples
def test_only_dates_at_which_a_line_may_end_are_kept_whole() -> None:
    words = "Since 2024-01-31 many customers came back, until 2026-11-26 at least"
    width = text_width("Since 2024-01-31 many customers came back, until 2026-1", size=20)
    kept = keep_dates_whole(words, width=width, size=20)
    assert "2024-01-31" in kept
    assert f"2026{HYPHEN}11{HYPHEN}26" in kept
    assert kept.replace(HYPHEN, "-") == words


def test_periods_are_dates_and_other_hyphens_are_not() -> None:
    narrow = {"width": 1.0, "size": 10}
    assert keep_dates_whole("2024-Q1", **narrow) == f"2024{HYPHEN}Q1"
    assert keep_dates_whole("(2024-W09)", **narrow) == f"(2024{HYPHEN}W09)"
    for word in ("second-hand", "a-2024", "2024-015", "1-2"):
        assert keep_dates_whole(word, **narrow) == word


def test_titles_of_slides_hold_their_dates_together(tmp_path: Path) -> None:
    bars = Picture("bar", "rfm", "Rate", ("a",), (Series("s", (1.0,)),))
    for fill in range(30, 60):
        title = f"{'Customers came back ' * 9}"[:fill] + " by the day 2026-11-26 and later"
        slide = Presentation(Deck().add(bars, title=title).save(tmp_path / "d.pptx")).slides[0]
        words = slide.shapes.title.text_frame.text
        if HYPHEN in words:
            assert words.replace(HYPHEN, "-") == title
            return
    raise AssertionError("no date came to the end of a line")
