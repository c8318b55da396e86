"""Distinct histories are scored once; too many are binned, in bins as narrow as will do."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from retention.engine.connection import store
from retention.errors import ArgumentError
from retention.models import score_histories as module
from retention.models.mbg_nbd import fit_mbg_nbd
from retention.models.score_histories import Scorer, score_histories

CUSTOMERS = pd.DataFrame(
    {
        "frequency": [0, 0, 1, 1, 2, 7, 0],
        "recency": [0, 0, 9, 10, 40, 70, 0],
        "T": [80, 80, 70, 71, 75, 72, 60],
    }
)
SCORER = Scorer(
    fit_mbg_nbd(CUSTOMERS), horizon_days=90, annual_discount_rate=0.1, is_discounted=True
)


def rows(customers: pd.DataFrame = CUSTOMERS) -> Any:
    return store(pa.Table.from_pandas(customers, preserve_index=False))


def test_each_history_once() -> None:
    scores = score_histories(rows(), SCORER)
    assert (scores.table.num_rows, scores.customers, scores.bin_days) == (6, 7, 1)
    assert scores.binning == {}


@pytest.mark.parametrize(("most", "bin_days"), [(6, 1), (5, 7), (1, 28)])
def test_bins_are_as_narrow_as_will_do(
    most: int, bin_days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_HISTORIES", most)
    scores = score_histories(rows(), SCORER)
    assert scores.bin_days == bin_days
    assert scores.customers == 7
    assert scores.binning.get("days", 1) == bin_days


@pytest.mark.parametrize(("most", "bin_days"), [(2, 14), (1, 28)])
def test_the_second_widest_bins_are_tried_before_the_widest(
    most: int, bin_days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ages of 37 and 40 days: bins of 14 days put them together, of 7 or 15 they do not."""
    found = pd.DataFrame({"frequency": 0, "recency": 0, "T": [14, 37, 40]})
    monkeypatch.setattr(module, "MOST_HISTORIES", most)
    assert score_histories(rows(found), SCORER).bin_days == bin_days


def test_how_far_binned_scores_are_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HISTORIES", 1)
    binning = score_histories(rows(), SCORER).binning
    # Every age is rounded to 28 days, so every score is off by something.
    assert 0 < binning["largest_difference_p_alive"] < 0.5
    assert 0 < binning["relative_difference_expected_orders"] < 0.5
    assert binning["sampled_histories"] == 6


def test_nobody_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"the table has 0 rows"):
        score_histories(rows(CUSTOMERS.head(0)), SCORER)
