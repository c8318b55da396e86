"""What is printed under a cohort table says how its ages were counted."""

from __future__ import annotations

from typing import Any

import pytest
from strategies import lines

from retention.tables.cohort_retention import cohort_retention
from retention.texts import footer

FRAME = lines("aab", ["2024-01-01", "2024-02-11", "2024-01-05"])


@pytest.mark.parametrize(
    ("options", "ages", "said"),
    [
        ({}, "calendar", "bought again in the given later month."),
        ({"alignment": "relative"}, "relative", "in the given window of 30 days after"),
        (
            {"alignment": "relative", "period": "week"},
            "relative",
            "in the given window of 7 days after",
        ),
        ({"definition": "brackets"}, "brackets", "within the given days after their own first"),
        ({"definition": "on_or_after"}, "calendar", "or in one after it, up to age 3;"),
    ],
)
def test_the_meaning_of_ages(options: dict[str, Any], ages: str, said: str) -> None:
    table = cohort_retention(FRAME, as_of="2024-04-30", **options)
    assert table.attrs["words"]["ages"] == ages
    assert said in footer(table.attrs)


@pytest.mark.parametrize("definition", ["on", "on_or_before"])
def test_a_month_that_is_not_over_is_spoken_of_only_where_there_is_one(definition: Any) -> None:
    def said(as_of: str) -> str:
        return footer(cohort_retention(FRAME, as_of=as_of, definition=definition).attrs)

    assert "is partial and not pooled" in said("2024-04-29")
    assert "partial" not in said("2024-04-30")


def test_defaults_are_left_out_of_the_call() -> None:
    def call(**options: Any) -> str:
        table = cohort_retention(FRAME, as_of="2024-04-30", **options)
        return str(table.attrs["call"])

    assert call() == "cohort_retention(orders, as_of='2024-04-30')"
    relative = call(alignment="relative", max_age=1, definition="on_or_before")
    assert relative == (
        "cohort_retention(orders, as_of='2024-04-30', alignment='relative', "
        "definition='on_or_before', max_age=1)"
    )
    assert call(definition=[0, 30]).endswith("as_of='2024-04-30', definition=[0, 30])")
    split = cohort_retention(FRAME.assign(channel="web"), as_of="2024-04-30", by="channel")
    assert split.attrs["call"].endswith("as_of='2024-04-30', by='channel')")
