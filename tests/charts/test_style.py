"""Style, size and language inside a block, and nothing of them after it."""

from __future__ import annotations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from retention.charts.draw import draw_picture
from retention.charts.picture import Picture, Series
from retention.charts.style import SIZES, figure_size, use_style
from retention.charts.style_sheet import style_sheet
from retention.errors import ArgumentError

BARS = Picture("bar", "k", "Orders", ("a", "b"), (Series("n", (1.0, 2.0)),))


# examples
@pytest.mark.parametrize("size", list(SIZES))
def test_a_new_figure_has_the_size_of_the_block(size: str) -> None:
    with use_style(size=size):
        ax = draw_picture(BARS)
    assert isinstance(ax.figure, Figure)
    assert tuple(ax.figure.get_size_inches()) == SIZES[size]


def test_own_charts_take_the_style_inside_the_block_only() -> None:
    before = dict(mpl.rcParams)
    with use_style(size="half"):
        figure, ax = plt.subplots()
        assert tuple(figure.get_size_inches()) == SIZES["half"]
        assert not ax.spines["top"].get_visible()
        assert mpl.rcParams["font.family"] == ["DejaVu Sans"]
    assert dict(mpl.rcParams) == before
    assert figure_size() == SIZES["full"]


def test_a_chart_looks_the_same_whatever_the_global_style() -> None:
    with mpl.rc_context({"axes.facecolor": "black", "axes.grid": True, "font.size": 30}):
        ax = draw_picture(BARS)
    assert mpl.colors.to_hex(ax.get_facecolor()) == "#ffffff"


def test_the_block_ends_after_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError), use_style(size="half"):
        _ = 1 / 0
    assert figure_size() == SIZES["full"]


# refusals
def test_an_unknown_language_or_size_is_refused() -> None:
    with (
        pytest.raises(ArgumentError, match="language: 'xx' is not one of 'en'"),
        use_style(language="xx"),
    ):
        pass
    with (
        pytest.raises(ArgumentError, match="size: 'huge' is not one of 'full'"),
        use_style(size="huge"),
    ):
        pass


def test_a_notebook_shows_every_chart_not_only_the_first() -> None:
    """The first figure turns interactive mode on; leaving the style must not turn it off again."""
    mpl.interactive(False)
    try:
        with style_sheet():
            mpl.interactive(True)
        assert mpl.is_interactive()
    finally:
        mpl.interactive(False)
