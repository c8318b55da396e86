"""People over people, never a mean of rates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from strategies import lines

from retention.errors import ArgumentError
from retention.tables.cohort_retention import cohort_retention
from retention.tables.pooled_retention import COLUMNS, pooled_retention
from retention.tables.wilson import wilson_interval


def cells(*counts: tuple[int, int], age: int = 1) -> pd.DataFrame:
    """One cohort per pair of eligible and returned."""
    return pd.DataFrame(
        {
            "cohort": pd.date_range("2024-01-01", periods=len(counts), freq="MS"),
            "age": age,
            "eligible": [eligible for eligible, _ in counts],
            "returned": [returned for _, returned in counts],
            "is_complete": True,
            "is_burn_in": False,
        }
    )


# Examples


def test_large_and_small_cohort() -> None:
    pooled = pooled_retention(cells((100, 10), (10, 5)))
    assert pooled["retention_rate"].round(3).tolist() == [0.136]
    # Two cohorts tell nothing of how much they differ: the limits are those of the people.
    low, high = wilson_interval([15], [110])
    assert pooled[["low", "high"]].to_numpy().tolist() == [[low[0], high[0]]]


def test_zeros_count() -> None:
    pooled = pooled_retention(cells((100, 30), (100, 0), (100, 0)))
    assert pooled["retention_rate"].tolist() == [0.1]
    assert pooled["cohorts"].tolist() == [3]


def test_partial_and_burn_in_cells_stay_out() -> None:
    table = cells((100, 10), (10, 5), (10, 10), (50, 50))
    table.loc[2, "is_complete"] = False
    table.loc[3, "is_burn_in"] = True
    pooled = pooled_retention(table)
    assert pooled[["cohorts", "eligible", "returned"]].to_numpy().tolist() == [[2, 110, 15]]


def test_limits_are_wider_where_cohorts_differ() -> None:
    pooled = pooled_retention(cells((100, 30), (100, 0), (100, 0))).iloc[0]
    assert pooled["dispersion"] == pytest.approx(chi(np.array([[30, 0, 0], [70, 100, 100]])) / 2)
    low, high = wilson_interval([30 / pooled["dispersion"]], [300 / pooled["dispersion"]])
    assert (pooled["low"], pooled["high"]) == (pytest.approx(low[0]), pytest.approx(high[0]))


def test_two_cohorts_tell_nothing_of_dispersion() -> None:
    assert pooled_retention(cells((100, 90), (100, 1)))["dispersion"].tolist() == [1.0]


@pytest.mark.parametrize("returned", [0, 10])
def test_nobody_or_everybody_back(returned: int) -> None:
    pooled = pooled_retention(cells(*[(10, returned)] * 4))
    assert pooled["dispersion"].tolist() == [1.0]


def test_groups_are_pooled_apart() -> None:
    both = pd.concat(
        [cells((100, 10), (10, 5)).assign(channel="web"), cells((4, 2)).assign(channel="a")]
    )
    pooled = pooled_retention(both[["channel", *both.columns[:-1]]])
    assert tuple(pooled.columns) == ("channel", *COLUMNS)
    assert pooled[["channel", "eligible"]].to_numpy().tolist() == [["a", 4], ["web", 110]]


def test_brackets_keep_their_ends() -> None:
    frame = lines("aab", ["2024-01-01", "2024-01-15", "2024-01-02"])
    brackets = cohort_retention(frame, as_of="2024-12-31", definition="brackets")
    pooled = pooled_retention(brackets)
    assert tuple(pooled.columns) == (*COLUMNS, "until_day")
    assert pooled[["age", "until_day", "returned"]].to_numpy().tolist()[0] == [1, 31, 1]


@pytest.mark.parametrize("definition", ["on", "on_or_after", "on_or_before", "brackets"])
@pytest.mark.parametrize("alignment", ["calendar", "relative"])
def test_every_way_is_pooled_by_group(definition: Any, alignment: Any) -> None:
    frame = lines("aabbccdd", ["2024-01-05", "2024-02-06", "2024-01-09", "2024-03-01",
                               "2024-02-05", "2024-03-06", "2024-02-09", "2024-02-10"])  # fmt: skip
    frame = frame.assign(channel=list("xxyyxxyy"))
    table = cohort_retention(
        frame, as_of="2025-12-31", by="channel", definition=definition, alignment=alignment
    )
    pooled = pooled_retention(table).set_index(["channel", "age"])
    whole = table[table["is_complete"]].groupby(["channel", "age"])
    sums = whole[["eligible", "returned"]].sum()
    pd.testing.assert_frame_equal(pooled[["eligible", "returned"]], sums)
    # Half of two cohorts is one: the window of `on_or_after` ends where the older one ends.
    assert pooled["cohorts"].max() == (1 if definition == "on_or_after" else 2)
    assert pooled_retention(table).attrs["definition"] == "pooled_retention"
    assert pooled_retention(table).attrs["is_derived"]


def test_nothing_complete_pools_to_nothing() -> None:
    assert pooled_retention(cells((3, 1)).assign(is_complete=False)).empty


def chi(table: np.ndarray) -> float:
    return float(chi2_contingency(table, correction=False).statistic)


# Laws


@given(st.lists(st.tuples(st.integers(1, 200), st.floats(0, 1)), min_size=3, max_size=9))
def test_rate_and_dispersion(drawn: list[tuple[int, float]]) -> None:
    counts = [(n, round(n * share)) for n, share in drawn]
    pooled = pooled_retention(cells(*counts)).iloc[0]
    rates = [back / n for n, back in counts]
    assert min(rates) - 1e-12 <= pooled["retention_rate"] <= max(rates) + 1e-12
    table = np.array([[back, n - back] for n, back in counts]).T
    if (table.sum(axis=1) > 0).all():
        assert pooled["dispersion"] == pytest.approx(chi(table) / (len(counts) - 1))


# Refusals


def test_missing_columns() -> None:
    with pytest.raises(
        ArgumentError,
        match=r"cells: 2 of 5 needed columns .*'eligible', 'returned'.*cohort_retention\(",
    ):
        pooled_retention(cells((1, 1)).drop(columns=["eligible", "returned"]))
