"""Spreading labels along a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.charts.spread import spread


# examples
def test_far_labels_stay_where_they_are() -> None:
    assert spread([1.0, 10.0, 20.0], [2.0, 2.0, 2.0], 0.0, 30.0) == [1.0, 10.0, 20.0]


def test_labels_at_one_point_fan_out_around_it() -> None:
    assert spread([10.0, 10.0, 10.0], [2.0, 2.0, 2.0], 0.0, 30.0) == [8.0, 10.0, 12.0]


def test_labels_at_the_edge_are_pushed_back_inside() -> None:
    assert spread([30.0, 30.0], [4.0, 4.0], 0.0, 30.0) == [24.0, 28.0]
    assert spread([0.0, 0.0], [4.0, 4.0], 0.0, 30.0) == [2.0, 6.0]


def test_no_labels_no_places() -> None:
    assert spread([], [], 0.0, 1.0) == []


# laws
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-50, 150), st.floats(1, 10)), min_size=1, max_size=8))
def test_nothing_overlaps_nothing_changes_places_nothing_leaves(
    labels: list[tuple[float, float]],
) -> None:
    labels = sorted(labels)
    wanted, sizes = [w for w, _ in labels], [s for _, s in labels]
    centres = spread(wanted, sizes, 0.0, 100.0)
    for i in range(len(centres) - 1):
        assert centres[i + 1] - centres[i] >= (sizes[i] + sizes[i + 1]) / 2 - 1e-6
    assert centres[0] - sizes[0] / 2 >= -1e-6
    assert centres[-1] + sizes[-1] / 2 == pytest.approx(min(100.0, centres[-1] + sizes[-1] / 2))
