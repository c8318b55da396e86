"""The parts of a change add up, whatever the mix."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import lines

from retention.errors import ArgumentError
from retention.tables.cohort_names import cohorts_named
from retention.tables.cohort_retention import cohort_retention
from retention.tables.decompose_change import decompose_change

COUNTS = st.tuples(st.integers(0, 60), st.floats(0, 1))


def cells(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """One row per segment with customers: (eligible, returned) before and after."""
    rows = [
        (segment, cohort, 1, eligible, returned, True)
        for cohort, side in (("2024-01-01", before), ("2024-02-01", after))
        for segment, (eligible, returned) in side.items()
        if eligible
    ]
    names = ["channel", "cohort", "age", "eligible", "returned", "is_complete"]
    return pd.DataFrame(rows, columns=names).astype({"cohort": "datetime64[us]"})


def parts(table: pd.DataFrame) -> pd.DataFrame:
    return decompose_change(table, before="2024-01", after="2024-02").set_index("channel")


# Examples


def test_every_segment_improves_and_the_whole_falls() -> None:
    table = parts(cells({"web": (20, 2), "shop": (80, 40)}, {"web": (80, 10), "shop": (20, 11)}))
    assert (table["within_change"] > 0).all()
    assert table["change"].sum() == pytest.approx(21 / 100 - 42 / 100)
    assert table["within_change"].sum() == pytest.approx(0.5 * 0.025 + 0.5 * 0.05)
    # Weights of 20 and 80 % change places; mean rates .1125 and .525, blended .42 and .21.
    assert table.loc["web", "mix_change"] == pytest.approx(0.6 * (0.1125 - 0.315))
    assert table.loc["shop", "mix_change"] == pytest.approx(-0.6 * (0.525 - 0.315))


def test_a_segment_that_is_absent_on_one_side_is_all_mix() -> None:
    table = parts(cells({"web": (50, 10)}, {"web": (50, 10), "new": (50, 40)}))
    assert table.loc["new", "within_change"] == 0
    assert table["within_change"].sum() == 0
    assert table["mix_change"].sum() == pytest.approx(0.5 - 0.2)
    assert pd.isna(table.loc["new", "retention_rate_before"])
    assert table.loc["new", "eligible_before"] == 0


def test_a_segment_of_one_customer_has_a_rate_too() -> None:
    table = parts(cells({"web": (1, 1), "shop": (9, 3)}, {"web": (1, 0), "shop": (9, 3)}))
    assert table.loc["web", ["retention_rate_before", "retention_rate_after"]].tolist() == [1, 0]
    assert table.loc["web", "within_change"] == pytest.approx(-0.1)


def test_several_attributes_and_cohorts() -> None:
    frame = lines("aabbcc", ["2024-01-01", "2024-02-01", "2024-01-02", "2024-02-03",
                             "2024-02-01", "2024-03-01"])  # fmt: skip
    frame = frame.assign(channel=list("xxyyxx"), category="p")
    made = cohort_retention(frame, by=["channel", "category"], as_of="2024-03-31")
    table = decompose_change(made, before="2024-01", after=["2024-02"])
    assert table.columns[:2].tolist() == ["channel", "category"]
    assert table["eligible_before"].tolist() == [1, 1]
    assert table["eligible_after"].tolist() == [1, 0]
    assert table.attrs["words"]["after"] == "2024-02"


# Laws


def test_quarters_are_named_as_they_are_shown() -> None:
    starts = pd.Series(pd.to_datetime(["2024-01-01", "2024-04-01", "2024-07-01"]))
    assert cohorts_named(starts, "2024-Q2", "after") == [pd.Timestamp("2024-04-01")]
    with pytest.raises(ArgumentError, match="'2024-Q7'"):
        cohorts_named(starts, "2024-Q7", "after")


@given(
    before=st.dictionaries(st.sampled_from("abcd"), COUNTS, min_size=1),
    after=st.dictionaries(st.sampled_from("abcd"), COUNTS, min_size=1),
)
def test_the_parts_are_the_change(
    before: dict[str, tuple[int, float]], after: dict[str, tuple[int, float]]
) -> None:
    old = {name: (n, round(n * p)) for name, (n, p) in before.items()}
    new = {name: (n, round(n * p)) for name, (n, p) in after.items()}
    n0, n1 = (sum(n for n, _ in side.values()) for side in (old, new))
    if not n0 or not n1:
        return
    table = parts(cells(old, new))
    change = sum(k for _, k in new.values()) / n1 - sum(k for _, k in old.values()) / n0
    assert table["change"].sum() == pytest.approx(change, abs=1e-12)
    both = table["within_change"] + table["mix_change"]
    assert both.sum() == pytest.approx(change, abs=1e-12)
    absent = (table["eligible_before"] == 0) | (table["eligible_after"] == 0)
    assert (table.loc[absent, "within_change"] == 0).all()
    assert table["weight_before"].sum() == pytest.approx(1)


# Refusals


def test_no_groups_no_mix() -> None:
    table = cells({"a": (1, 1)}, {"a": (1, 1)}).drop(columns="channel")
    with pytest.raises(ArgumentError, match=r"cells: the table has no groups.*by="):
        decompose_change(table, before="2024-01", after="2024-02")


def test_a_cohort_that_is_not_complete() -> None:
    table = cells({"a": (1, 1)}, {"a": (1, 1)})
    with pytest.raises(ArgumentError, match=r"after: 1 of 1 cohorts are not complete at age 1"):
        parts(table.assign(is_complete=table["cohort"] < "2024-02"))
    with pytest.raises(ArgumentError, match=r"before: 1 of 1 cohorts are not complete at age 7"):
        decompose_change(table, before="2024-01", after="2024-02", age=7)


def test_columns_are_missing() -> None:
    with pytest.raises(ArgumentError, match=r"cells: 1 of 5 needed columns are missing"):
        parts(cells({"a": (1, 1)}, {"a": (1, 1)}).drop(columns="returned"))
