"""Captions from attrs, and tables that no chart can use."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.caption import caption, check_table
from retention.errors import ArgumentError


# examples
def test_attrs_become_footer_date_and_call(cells: pd.DataFrame) -> None:
    words = caption(cells, key="other")
    assert words["key"] == "cohort_retention"
    assert words["footer"].endswith("190 customers. As of 2024-04-15.")
    assert words["call"] == "cohort_retention(orders, period='month')"
    assert (words["as_of"], words["currency"]) == ("2024-04-15", "VND")


def test_without_attrs_the_caption_is_empty() -> None:
    words = caption(pd.DataFrame({"age": [0]}), key="cohort_value")
    assert words == {
        "key": "cohort_value",
        "footer": "",
        "as_of": None,
        "call": "",
        "currency": None,
    }


# refusals
def test_several_groups_in_one_table_are_refused() -> None:
    table = pd.DataFrame({"age": [0, 0, 1], "channel": ["web", "shop", "web"]})
    with pytest.raises(ArgumentError, match=r"1 of 3 rows repeat the same age.*filter the table"):
        check_table(table, name="cohort_retention", columns=["age"], unique=["age"])
