"""Steps read back from the axes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Series
from retention.charts.rate_change import describe_rate_change
from retention.charts.waterfall import step_words, steps_of
from retention.errors import ArgumentError


def steps(values: tuple[float | None, ...], **words: Any) -> Picture:
    totals = (True, *(False,) * (len(values) - 2), True)
    series = Series("Rate", values, "main", is_total=totals)
    return Picture("waterfall", "k", "Title", tuple("abcdefgh"[: len(values)]), (series,), **words)


# examples
def test_steps_go_on_from_where_the_last_one_ended() -> None:
    ax = draw_picture(steps((10.0, -4.0, -8.0, 5.0, 3.0)))
    assert [(p.get_y(), p.get_height()) for p in ax.patches] == [
        (0.0, 10.0), (6.0, 4.0), (-2.0, 8.0), (-2.0, 5.0), (0.0, 3.0),
    ]  # fmt: skip
    assert [t.get_text() for t in ax.texts] == ["10", "-4", "-8", "+5", "3"]
    assert [list(line.get_ydata()) for line in ax.get_lines()[:4]] == [
        [10, 10],
        [6, 6],
        [-2, -2],
        [3, 3],
    ]


def test_lying_steps_are_read_from_the_top() -> None:
    ax = draw_picture(steps((10.0, -4.0, 6.0), is_horizontal=True))
    assert [(p.get_x(), p.get_width()) for p in ax.patches] == [(0.0, 10.0), (6.0, 4.0), (0.0, 6.0)]
    bottom, top = ax.get_ylim()
    assert bottom > top


def test_changes_have_their_signs_and_nothing_has_none() -> None:
    shares = steps((0.4, 0.1, -0.0004, None, 0.5), number_format="percent")
    assert [step_words(shares, step) for step in steps_of(shares)] == [
        "40.0%", "+10.0 pts", "0 pts", "0 pts", "50.0%",
    ]  # fmt: skip
    money = steps((2e6, -3e6, -1e6), number_format="money", currency="VND")
    assert [step_words(money, step) for step in steps_of(money)] == ["2 m", "-3 m", "-1 m"]


def test_a_change_of_a_rate_by_segment(changed: pd.DataFrame) -> None:
    picture = describe_rate_change(changed, steps="segments")
    assert picture.categories == ("Before", "Mix: web", "Own rate: shop", "Own rate: web", "After")
    assert picture.series[0].values == (0.25, 0.03, -0.02, 0.01, 0.27)


def test_small_segments_are_one_step(mixed: pd.DataFrame) -> None:
    picture = describe_rate_change(mixed, steps="segments")
    assert picture.categories.count("Mix: others (7)") == 1
    sums = mixed[["mix_change", "within_change"]].sum().sum()
    assert sum(picture.series[0].values[1:-1]) == pytest.approx(sums)


# laws
@given(st.lists(st.floats(-9, 9), min_size=1, max_size=6))
def test_the_last_step_ends_where_all_add_up_to(changes: list[float]) -> None:
    picture = steps((5.0, *changes, 0.0))
    found = steps_of(picture)
    assert found[-2].end == pytest.approx(5.0 + sum(changes))
    assert all(step.low <= step.high for step in found)


# refusals
def test_an_unknown_kind_of_steps_is_refused(changed: pd.DataFrame) -> None:
    with pytest.raises(ArgumentError, match="steps: 'parts' is not one of"):
        describe_rate_change(changed, steps="parts")
