"""The call that is kept with a table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from retention.tables.repeatable import call_text, repeatable


@repeatable
def made(orders: Any, fit: Any = None, *, days: Any = 30, by: Any = None) -> pd.DataFrame:
    """A table that is asked for in every way."""
    return pd.DataFrame({"days": [str(days)], "by": [str(by)], "fit": [fit is None]})


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({}, "made(orders)"),
        ({"days": 30, "by": None}, "made(orders)"),
        ({"fit": object()}, "made(orders, fit=fit)"),
        ({"days": np.int64(7), "by": ["a", "b"]}, "made(orders, days=7, by=['a', 'b'])"),
        ({"days": np.array([1, 2])}, "made(orders, days=[1, 2])"),
        ({"days": pd.Timestamp("2024-02-29")}, "made(orders, days='2024-02-29')"),
        ({"days": np.datetime64("2024-02-29")}, "made(orders, days='2024-02-29')"),
        ({"by": {"a": "x == 'y'"}}, """made(orders, by={'a': "x == 'y'"})"""),
        ({"by": pd.DataFrame()}, "made(orders, by=by)"),
    ],
)
def test_options_are_written_and_tables_are_named(options: dict[str, Any], written: str) -> None:
    assert made(pd.DataFrame(), **options).attrs["call"] == written


def test_what_must_be_given_is_written() -> None:
    @repeatable
    def asked(orders: Any, *, touches: Any) -> pd.DataFrame:
        return pd.DataFrame()

    assert asked(1, touches=pd.DataFrame()).attrs["call"] == "asked(1, touches=touches)"


def test_a_table_of_cohorts_is_written_as_it_was_made() -> None:
    cells = pd.DataFrame()
    cells.attrs = {"definition": "cohort_retention", "call": "cohort_retention(orders)"}
    assert made(cells).attrs["call"] == "made(cohort_retention(orders))"
    cells.attrs = {"definition": "cohort_retention"}
    assert made(cells).attrs["call"] == "made(orders)"


def test_of_what_is_no_table_nothing_is_kept() -> None:
    assert repeatable(len)([1, 2]) == 2
    assert call_text(made, {"orders": 1, "days": 2}) == "made(1, days=2)"
