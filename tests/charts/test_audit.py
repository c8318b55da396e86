"""The picture of the audit, and of closed and open gaps."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.charts.audit import describe_audit
from retention.charts.repurchase_intervals import describe_repurchase_intervals
from retention.errors import ArgumentError


# examples
def test_each_rule_takes_its_lines_from_what_the_one_before_left(audit: pd.DataFrame) -> None:
    picture = describe_audit(audit)
    assert picture.categories == (
        "Lines read",
        "Unreadable date",
        "Missing customer",
        "Lines used",
    )
    kept, aside = picture.series
    assert kept.values == (100_000.0, 99_998.0, 75_000.0, 75_000.0)
    assert aside.values == (0.0, 2.0, 24_998.0, 0.0)
    assert [note for _, note in picture.category_notes] == [
        "100,000 (100.0%)",
        "2 (<0.1%)",
        "24,998 (25.0%)",
        "75,000 (75.0%)",
    ]


def test_the_smallest_of_many_rules_are_one_bar() -> None:
    aside = [5, 1, 40, 2, 30, 3, 20, 10, 9, 8]
    rules = [f"rule_{n:02}" for n in aside]
    audit = pd.DataFrame(
        {
            "rule": ["lines_read", *rules, "lines_used"],
            "lines": [500, *aside, 500 - sum(aside)],
            "lines_set_aside": [0, *aside, 0],
        }
    )
    picture = describe_audit(audit)
    large = ["Rule 05", "Rule 40", "Rule 30", "Rule 20", "Rule 10", "Rule 09", "Rule 08"]
    assert list(picture.categories) == ["Lines read", *large, "3 other rules", "Lines used"]
    kept, taken = picture.series
    assert taken.values[-2:] == (6.0, 0.0)
    assert kept.values[-1] == 500 - sum(aside)
    # One more than is shown gets a bar of its own: nothing is saved by hiding it.
    eight = audit[~audit["rule"].isin(["rule_01", "rule_02"])].copy()
    eight.loc[eight["rule"] == "lines_read", "lines"] = 497
    assert "Rule 03" in describe_audit(eight).categories


def test_gaps_are_counted_by_thirty_days(gaps: pd.DataFrame) -> None:
    picture = describe_repurchase_intervals(gaps)
    assert picture.categories[:2] == ("0–29", "30–59")
    assert picture.categories[-1] == "360+"
    closed, still_open = picture.series
    assert closed.values[:2] == (7.0, 5.0)
    assert (still_open.values[3], still_open.values[-1]) == (6.0, 7.0)


# refusals
def test_a_filtered_audit_is_refused(audit: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="24,998 of 100,000 lines are neither used nor"):
        describe_audit(audit[audit["rule"] != "missing_customer"])
    with pytest.raises(ArgumentError, match=r"1 of 2 needed rows are missing \('lines_used'\)"):
        describe_audit(audit.head(4))
