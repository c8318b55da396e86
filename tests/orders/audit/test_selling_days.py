"""Stray dates at the ends of the orders are told, usual ends are not."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.orders.audit.notes import whole_table_notes
from retention.orders.audit.selling_days import end_of_selling, start_of_selling
from retention.orders.settings import Settings
from retention.periods import day_number

FIRST = day_number(pd.Timestamp("2024-01-01"))
USUAL = list(range(FIRST, FIRST + 60, 2))
TYPO = day_number(pd.Timestamp("2003-01-15"))


def history(days: list[int], **options: str) -> str:
    start = pd.Timestamp(days[0], unit="D")
    end = pd.Timestamp(days[-1], unit="D")
    return str(whole_table_notes(end, start, Settings(**options), None, days)[0]["action"])


# Examples


def test_one_early_year_is_told() -> None:
    assert history([TYPO, *USUAL]) == (
        "Taken to be complete from the first order on (2003-01-15). But after 2003-01-15 nothing was "
        "sold for 7,656 days, and the selling days up to then are few (1): a typing error? Mend such "
        "dates at the source; if the source is complete from 2024-01-01 on only, pass "
        "history_start='2024-01-01'."
    )


def test_a_few_early_days_are_told() -> None:
    assert "are few (2)" in start_of_selling([TYPO, TYPO + 365, *USUAL])


def test_a_start_that_was_given_is_not_doubted() -> None:
    assert (
        history([TYPO, *USUAL], history_start="2003-01-15")
        == "Complete from 2003-01-15 on, as given."
    )


@pytest.mark.parametrize(
    "days", [[], USUAL[:5], USUAL, [FIRST - 40, *USUAL], list(range(0, 9000, 90))]
)
def test_usual_starts(days: list[int]) -> None:
    assert start_of_selling(days) == ""


def test_usual_starts_are_said_as_before() -> None:
    assert history(USUAL) == (
        "Taken to be complete from the first order on (2024-01-01). Pass history_start= if it is not."
    )


# Laws


@given(days=st.lists(st.integers(0, 20_000), max_size=40), moved=st.integers(-5_000, 5_000))
def test_the_calendar_does_not_matter(days: list[int], moved: int) -> None:
    later = [day + moved for day in days]
    assert bool(start_of_selling(days)) == bool(start_of_selling(later))
    assert bool(start_of_selling(days)) == bool(start_of_selling(days[::-1] * 2))


def test_both_ends_are_looked_at_apart() -> None:
    as_of = pd.Timestamp(USUAL[-1], unit="D")
    assert "without an unusual gap" in end_of_selling([TYPO, *USUAL], as_of)
    assert start_of_selling([*USUAL, USUAL[-1] + 400]) == ""
