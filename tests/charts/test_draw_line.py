"""Lines read back from the axes, and labels on data that is out to get them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba

from retention.charts.colours import role_colour
from retention.charts.contrast import ink_of
from retention.charts.draw import draw_picture
from retention.charts.picture import Highlight, Picture, Series
from retention.charts.style import use_style
from retention.errors import ArgumentError

VIETNAMESE = "Nhóm khách hàng ở Thừa Thiên Huế mua lần đầu dịp Tết Nguyên Đán"
DAYS = tuple(range(0, 101, 10))


def _lines(series: list[Series], **words: Any) -> Picture:
    return Picture("line", "key", "Title", DAYS, tuple(series), "percent", **words)


# examples
def test_a_line_has_the_values_of_its_series_and_a_gap_for_none() -> None:
    values = (0.1, None, *[0.3] * 9)
    (line,) = draw_picture(_lines([Series("a", values, "main")])).get_lines()
    assert line.get_xdata().tolist() == list(DAYS)
    y = line.get_ydata()
    assert np.isnan(y[1])
    assert y[0] == 0.1
    assert line.get_color() == role_colour("main")


def test_counts_along_the_axis_are_written_like_other_numbers() -> None:
    line = Series("Gain", tuple(float(n) for n in range(0, 2620, 20)), "main")
    picture = Picture("line", "contact_economics", "Gain", tuple(range(0, 2620, 20)), (line,))
    ax = draw_picture(picture)
    ax.figure.canvas.draw()
    assert "1,000" in [tick.get_text() for tick in ax.get_xticklabels()]


def test_the_band_lies_between_low_and_high() -> None:
    band = Series("a", (0.5,) * 11, "main", (0.4,) * 11, (0.7,) * 11)
    ax = draw_picture(_lines([band]))
    (area,) = [c for c in ax.collections if isinstance(c, PolyCollection)]
    heights = area.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == (0.4, 0.7)


def test_roles_differ_in_weight_not_only_in_colour() -> None:
    lines = draw_picture(
        _lines([Series("a", (0.5,) * 11, "main"), Series("b", (0.4,) * 11, "muted")])
    ).get_lines()
    assert lines[0].get_linewidth() > 2 * lines[1].get_linewidth()


def test_lines_that_end_at_different_days_have_their_names_in_one_column_in_their_colours() -> None:
    ends = (0.62, 0.61, 0.6, 0.59)
    lines = [
        Series(f"group {i}", tuple(end if k < 31 - i % 2 else None for k in range(31)))
        for i, end in enumerate(ends)
    ]
    lines.append(Series("flat", (0.0,) * 31))
    ax = draw_picture(Picture("line", "key", "Title", tuple(range(31)), tuple(lines), "percent"))
    names = [t for t in ax.texts if t.get_text().startswith(("group", "flat"))]
    drawn = [line.get_color() for line in ax.get_lines()]
    assert [name.get_color() for name in names] == [ink_of(colour) for colour in drawn]
    assert len({round(name.get_window_extent().x0) for name in names}) == 1
    high_to_low = sorted(names, key=lambda name: -name.get_window_extent().y0)
    assert high_to_low == names
    ties = [t.arrow_patch.get_edgecolor() for t in ax.texts if getattr(t, "arrow_patch", None)]
    assert set(ties) <= {to_rgba(colour) for colour in drawn[:4]}
    assert len(ties) >= 2


def test_highlights_mark_a_day_on_a_line_or_all_over() -> None:
    marks = (Highlight(30, "30 days: 50%", "a"), Highlight(60, "lapsed"), Highlight(61, "nowhere"))
    ax = draw_picture(_lines([Series("a", (0.5,) * 11, "main")], highlights=marks))
    _, dot, upright = ax.get_lines()
    assert (list(dot.get_xdata()), list(dot.get_ydata())) == ([30.0], [0.5])
    assert set(upright.get_xdata()) == {60.0}
    words = [t.get_text() for t in ax.texts]
    assert "30 days: 50%" in words
    assert "lapsed" in words
    assert "nowhere" not in words


def test_notes_stand_under_their_ticks_and_crowded_ones_go() -> None:
    notes = ((0, "1,000"), (100, "20"), (50, "500"), (10, "999,999,999,999,999"))
    ax = draw_picture(_lines([Series("a", (0.5,) * 11, "main")], category_notes=notes))
    assert [t.get_text() for t in ax.get_xticklabels()] == ["0\n1,000", "50\n500", "100\n20"]


def test_a_lone_value_is_a_dot() -> None:
    (line,) = draw_picture(_lines([Series("a", (0.5, *[None] * 10), "muted")])).get_lines()
    assert line.get_markevery() == [0]


# laws
@pytest.mark.parametrize("size", ["full", "half"])
def test_twenty_lines_that_end_at_one_point(size: Any, assert_readable: Any) -> None:
    lines = [Series(f"2024-{i:02}", tuple(np.linspace(i / 20, 0.5, 11))) for i in range(20)]
    with use_style(size=size):
        ax = draw_picture(_lines(lines, footer="A footer that is long enough to wrap. " * 8))
    assert_readable(ax)
    named = [t for t in ax.texts if t.get_visible() and t.get_text().startswith("2024")]
    assert len(named) >= 10


def test_twenty_lines_that_end_at_different_ages(assert_readable: Any) -> None:
    lines = [
        Series(f"cohort {i}", tuple(0.3 if k <= i % 10 else None for k in range(11)))
        for i in range(20)
    ]
    assert_readable(draw_picture(_lines(lines)))


@pytest.mark.parametrize("size", ["full", "half", "square"])
def test_long_vietnamese_names_and_a_value_a_thousand_times_the_rest(
    size: Any, assert_readable: Any
) -> None:
    lines = [
        Series(VIETNAMESE, (0.001,) * 11, "main"),
        Series(VIETNAMESE[::-1], (0.0012,) * 11, "accent"),
        Series("x" * 60, (1.0,) * 11),
    ]
    marks = tuple(Highlight(d, f"{VIETNAMESE} {d}", VIETNAMESE) for d in (30, 40, 50))
    with use_style(size=size):
        ax = draw_picture(_lines(lines, highlights=marks, y_label=VIETNAMESE, footer=VIETNAMESE))
    assert_readable(ax)


# refusals
def test_a_series_of_another_length_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"1 of 1 series \('a'\) have not 11 values"):
        draw_picture(_lines([Series("a", (0.5,))]))


def test_a_picture_without_series_is_refused() -> None:
    with pytest.raises(ArgumentError, match="no value in 0 series"):
        draw_picture(_lines([]))
