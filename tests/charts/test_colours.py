"""Colours: light to dark in order, and the same in the style sheet."""

from __future__ import annotations

import numpy as np
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


# Machado, Oliveira and Fernandes (2009), in full: what is left of red, green and blue light.
_SEEN = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
_TO_XYZ = [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
           [0.0193339, 0.1191920, 0.9503041]]  # fmt: skip


def _as_seen(colour: str, deficiency: str) -> np.ndarray:
    """Lightness and the two opponent colours (CIELAB) that are left of a colour."""
    light = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    light = np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(_SEEN[deficiency]) @ light, 0, 1)
    part = np.array(_TO_XYZ) @ seen / np.array([0.95047, 1.0, 1.08883])
    root = np.where(part > 216 / 24389, np.cbrt(part), (24389 / 27 * part + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("deficiency", _SEEN)
def test_no_two_colours_look_alike_to_the_colour_blind(deficiency: str) -> None:
    """A difference of 2.3 can just be seen; side by side in a legend it takes several times that."""
    seen = [_as_seen(colour, deficiency) for colour in PALETTE]
    gaps = [np.linalg.norm(a - b) for i, a in enumerate(seen) for b in seen[:i]]
    assert min(gaps) > 15
    main, *others = (
        _as_seen(role_colour(role), deficiency) for role in ("main", "accent", "muted")
    )
    assert min(np.linalg.norm(main - other) for other in others) > 30


@pytest.mark.parametrize("deficiency", _SEEN)
def test_more_stays_darker_to_the_colour_blind(deficiency: str) -> None:
    shades = [_as_seen(heat_colour(share), deficiency)[0] for share in np.linspace(0, 1, 21)]
    assert (np.diff(shades) < 0).all()


# refusals
def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ArgumentError, match="role: 'loud' is not one of 'main'"):
        role_colour("loud")


def test_no_number_has_no_colour() -> None:
    with pytest.raises(ArgumentError, match="Leave the cell blank"):
        heat_colour(float("nan"))
