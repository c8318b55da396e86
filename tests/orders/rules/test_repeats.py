"""Repeated lines: the same in all cells, numbered in the order of the source."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.rules.repeats import line_hash, with_repeats
from retention.orders.source import open_source


def flags(frame: pd.DataFrame) -> pd.DataFrame:
    rows = open_source(frame).rows
    typed = store(rows.mutate(line_hash=line_hash(rows)))
    numbered = typed.mutate(line_number=(typed.rowid() + 1).cast("int64"))
    return to_arrow(with_repeats(numbered).order_by("line_number")).to_pandas()


def lines(*notes: str | None, **columns: Any) -> pd.DataFrame:
    day = pd.Timestamp("2024-01-31")
    return pd.DataFrame(
        {"customer_id": "a", "order_id": "1", "ordered_at": day, "amount": 5.0, "note": list(notes)}
        | columns
    )


# Examples


def test_second_and_third_of_a_kind_are_repeats() -> None:
    found = flags(lines("x", "y", "x", "x"))
    assert found["is_repeat"].tolist() == [False, False, True, True]


def test_a_cell_that_no_column_of_ours_holds_makes_a_difference() -> None:
    assert flags(lines("x", "y")).is_repeat.tolist() == [False, False]


def test_missing_cells_are_equal_to_each_other_and_to_nothing_else() -> None:
    assert flags(lines(None, "", None)).is_repeat.tolist() == [False, False, True]


def test_nothing_is_left_of_the_hash() -> None:
    assert "line_hash" not in flags(lines("x", "x")).columns
    assert "line_hash" not in flags(lines("x", "y")).columns


def test_a_line_of_two_files_overlaps_and_does_not_repeat() -> None:
    found = flags(lines("x", "x", "y", source_file=["jan", "feb", "feb"]))
    assert found["is_overlap"].tolist() == [False, True, False]
    assert found["is_repeat"].tolist() == [False, False, False]


def test_the_second_of_a_file_overlaps_only_the_second_of_another() -> None:
    files = ["jan", "feb", "feb"]
    found = flags(lines("x", "x", "x", source_file=files))
    assert found["is_overlap"].tolist() == [False, True, False]
    assert found["is_repeat"].tolist() == [False, False, True]


# Laws


@given(st.lists(st.sampled_from(["x", "y", "z", None]), min_size=1, max_size=12))
def test_as_many_lines_are_left_as_there_are_kinds(notes: list[str | None]) -> None:
    found = flags(lines(*notes))
    assert (~found["is_repeat"]).sum() == len(set(notes))
    assert len(found) == len(notes)
