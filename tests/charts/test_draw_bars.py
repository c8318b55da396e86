"""Bars read back from the axes."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest

from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Series
from retention.charts.style import use_style

LONG = "một tên rất dài của một nhóm khách hàng ở miền Trung Việt Nam"


def _bars(values: tuple[float | None, ...], **words: Any) -> Picture:
    names = tuple(f"name {i}" for i in range(len(values)))
    return Picture("bar", "key", "Title", names, (Series("n", values, "main"),), **words)


# examples
def test_bars_have_their_values_and_their_numbers() -> None:
    ax = draw_picture(_bars((3.0, None, 4000.0)))
    assert [p.get_height() for p in ax.patches] == [3.0, 0.0, 4000.0]
    assert [t.get_text() for t in ax.texts] == ["3", "4,000"]


def test_points_at_an_axis_have_their_unit_in_its_words() -> None:
    ax = draw_picture(_bars((-0.1, 0.2) * 13, number_format="points"))
    ax.figure.canvas.draw()
    ticks = [label.get_text() for label in ax.get_yticklabels()]
    assert {"-6", "0", "+12"} <= set(ticks)


def test_lying_bars_are_read_from_the_top() -> None:
    ax = draw_picture(_bars((3.0, 4.0), is_horizontal=True))
    assert [p.get_width() for p in ax.patches] == [3.0, 4.0]
    bottom, top = ax.get_ylim()
    assert bottom > top


def test_intervals_are_drawn_and_numbers_stand_beyond_them() -> None:
    series = Series("n", (0.5,), "main", (0.4,), (0.7,))
    ax = draw_picture(Picture("bar", "key", "Title", ("a",), (series,), "percent"))
    (interval,) = ax.get_lines()
    assert list(interval.get_ydata()) == [0.4, 0.7]
    assert ax.texts[0].xy[1] == 0.7


def test_stacked_bars_rest_on_each_other_and_partial_ones_are_striped() -> None:
    low = Series("low", (1.0, 2.0), is_partial=(False, True))
    high = Series("high", (3.0, 4.0), is_partial=(False, True))
    ax = draw_picture(Picture("stacked_bar", "key", "Title", ("a", "b"), (low, high)))
    assert [p.get_y() for p in ax.patches] == [0.0, 0.0, 1.0, 2.0]
    assert [bool(p.get_hatch()) for p in ax.patches] == [False, True, False, True]
    assert ax.get_legend() is None
    assert {"low", "high"} <= {t.get_text() for t in ax.texts}


def test_bars_side_by_side_have_a_legend_and_do_not_overlap() -> None:
    pair = (Series("one", (1.0, 2.0), "muted"), Series("two", (2.0, 1.0), "main"))
    ax = draw_picture(Picture("bar", "key", "Title", ("a", "b"), pair))
    legend = ax.get_legend()
    assert legend is not None
    assert [t.get_text() for t in legend.get_texts()] == ["one", "two"]
    edges = sorted((p.get_x(), p.get_x() + p.get_width()) for p in ax.patches)
    assert all(edges[i][1] <= edges[i + 1][0] for i in range(3))


def test_given_axes_are_used_and_their_figure_makes_room_for_the_footer() -> None:
    figure, axes = plt.subplots(1, 2)
    ax = draw_picture(_bars((3.0, 4.0), footer="What this is. " * 6), ax=axes[1])
    assert ax is axes[1]
    figure.canvas.draw()
    (footer,) = [t for t in ax.texts if t.get_text().startswith("What")]
    box = footer.get_window_extent()
    assert box.y0 >= 0
    assert box.y1 < ax.xaxis.label.get_window_extent().y0 + 1
    assert box.x0 >= axes[0].get_window_extent().x1


# laws
@pytest.mark.parametrize("count", [2, 8, 12, 13, 40])
@pytest.mark.parametrize("size", ["full", "half"])
def test_names_fit_however_many_and_long(count: int, size: Any, assert_readable: Any) -> None:
    names = tuple(f"2{i:03}-Q1" for i in range(count))
    values = tuple(float(v) for v in np.geomspace(1, 1000, count))
    picture = Picture("bar", "key", "Title", names, (Series("n", values, "main"),))
    with use_style(size=size):
        assert_readable(draw_picture(picture))


@pytest.mark.parametrize("is_horizontal", [True, False])
@pytest.mark.parametrize("size", ["full", "half"])
def test_sixty_letters_fit(is_horizontal: bool, size: Any, assert_readable: Any) -> None:
    names = tuple(f"{i} {LONG}" for i in range(6))
    picture = Picture(
        "bar",
        "key",
        LONG * 3,
        names,
        (Series("n", (1.0, 2.0, 3.0, 1000.0, 0.0, 5.0), "main"),),
        is_horizontal=is_horizontal,
        footer=LONG * 5,
        y_label=LONG,
    )
    with use_style(size=size):
        assert_readable(draw_picture(picture))


def test_layers_of_unequal_size_keep_their_names(assert_readable: Any) -> None:
    sizes = [1000.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0]
    layers = tuple(Series(f"layer {i}", (s, s)) for i, s in enumerate(sizes))
    ax = draw_picture(Picture("stacked_bar", "key", "Title", ("a", "b"), layers))
    assert_readable(ax)
    shown = [t for t in ax.texts if t.get_visible() and t.get_text().startswith("layer")]
    assert len(shown) == 8
    heights = [t.get_window_extent().y0 for t in shown]
    assert heights == sorted(heights)


@pytest.mark.parametrize("is_horizontal", [True, False])
@pytest.mark.parametrize("dpi", [60, 72, 80, 150, 200])
def test_nothing_is_cut_when_saved_at_another_resolution(
    dpi: int, is_horizontal: bool, assert_readable: Any
) -> None:
    names = tuple(f"{i} {LONG}" for i in range(3))
    bars = (Series("n", (1.0, 2.0, 3.0), "main"),)
    with use_style(size="half"):
        ax = draw_picture(
            Picture(
                "bar",
                "key",
                LONG,
                names,
                bars,
                footer=f"{LONG} " * 4,
                y_label=LONG,
                is_horizontal=is_horizontal,
            )
        )
    ax.figure.set_dpi(dpi)
    assert_readable(ax)
