"""Colours: light to dark in order, and the same in the style sheet."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.charts.colours import LAYERS, PALETTE, heat_colour, role_colour
from retention.charts.picture import Picture, Series
from retention.charts.series_colours import series_colours
from retention.charts.style_sheet import STYLE_SHEET
from retention.errors import ArgumentError


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# examples
def test_values_beyond_the_scale_take_its_ends() -> None:
    assert heat_colour(-1) == heat_colour(0) == "#F3F8FC"
    assert heat_colour(7) == heat_colour(1) == "#083A70"


def test_layers_take_ordered_colours_and_other_series_their_roles() -> None:
    layers = tuple(Series(str(i), (1.0,)) for i in range(3))
    assert series_colours(Picture("stacked_bar", "k", "t", ("a",), layers)) == (
        LAYERS[0],
        LAYERS[4],
        LAYERS[7],
    )
    lines = (Series("all", (1.0,), "main"), Series("a", (1.0,)), Series("b", (1.0,)))
    colours = series_colours(Picture("line", "k", "t", ("a",), lines))
    assert colours[0] == role_colour("main")
    assert len(set(colours)) == 3


# laws
@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_is_never_lighter(one: float, other: float) -> None:
    low, high = sorted([one, other])
    assert _lightness(heat_colour(high)) <= _lightness(heat_colour(low)) + 1.0


def test_layers_go_from_dark_to_light() -> None:
    shades = [_lightness(colour) for colour in LAYERS]
    assert shades == sorted(shades)


def test_the_style_sheet_has_the_same_palette() -> None:
    sheet = STYLE_SHEET.read_text(encoding="utf-8")
    listed = ", ".join(f"'{colour[1:]}'" for colour in PALETTE)
    assert f"cycler('color', [{listed}])" in sheet


# refusals
def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ArgumentError, match="role: 'loud' is not one of 'main'"):
        role_colour("loud")


def test_no_number_has_no_colour() -> None:
    with pytest.raises(ArgumentError, match="Leave the cell blank"):
        heat_colour(float("nan"))
