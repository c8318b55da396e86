"""Distinct histories and bins: a history stays one that can be."""

from __future__ import annotations

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.frames import to_frame
from retention.engine.histories import histories, with_bins

HISTORIES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 4000), st.integers(0, 4000)), min_size=1
)


def table(found: list[tuple[int, int, int]]) -> dict[str, list[int]]:
    frequency, recency, silence = zip(*found, strict=True)
    recency = [days + 1 if times else 0 for times, days in zip(frequency, recency, strict=True)]
    age = [days + more for days, more in zip(recency, silence, strict=True)]
    return {"frequency": list(frequency), "recency": recency, "T": age}


def test_same_histories_are_counted() -> None:
    rows = ibis.memtable({"frequency": [1, 1, 0], "recency": [5, 5, 0], "T": [9, 9, 9]})
    found = to_frame(histories(rows).order_by("T", "frequency"), ["frequency", "customers"])
    assert found.to_numpy().tolist() == [[0, 1], [1, 2]]


@pytest.mark.parametrize("bin_days", [1, 2, 3, 7, 14, 28])
@given(found=HISTORIES)
def test_bins(found: list[tuple[int, int, int]], bin_days: int) -> None:
    rows = with_bins(ibis.memtable(table(found)), bin_days=bin_days).to_pandas()
    assert (rows[["bin_recency", "bin_T"]] % bin_days == 0).all(axis=None)
    assert (rows["bin_recency"] <= rows["bin_T"]).all()
    assert ((rows["bin_recency"] > 0) == (rows["frequency"] > 0)).all()
    for name in ("recency", "T"):
        assert ((rows[f"bin_{name}"] - rows[name]).abs() < bin_days).all()


@given(found=HISTORIES)
def test_nobody_is_lost(found: list[tuple[int, int, int]]) -> None:
    rows = ibis.memtable(table(found))
    counts = [to_frame(histories(rows, bin_days=days), ["customers"]) for days in (1, 7)]
    assert [int(count["customers"].sum()) for count in counts] == [len(found)] * 2
    assert len(counts[1]) <= len(counts[0])
