"""Every colour that a chart or a slide of this package uses; no other file names one.

The categorical colours are those of Okabe and Ito, which people with any common colour blindness
can tell apart. The colours of the layers and of the heatmap go from light to dark, so that their
order survives a black-and-white printer.
"""

from __future__ import annotations

from typing import get_args

from retention.charts.picture import Role
from retention.errors import ArgumentError, choose

BLUE, VERMILLION, SKY, GREEN = "#0072B2", "#D55E00", "#56B4E9", "#009E73"
ORANGE, PURPLE, YELLOW, BLACK = "#E69F00", "#CC79A7", "#F0E442", "#000000"
PALETTE: tuple[str, ...] = (BLUE, VERMILLION, GREEN, ORANGE, SKY, PURPLE, YELLOW, BLACK)
# Layers of a stacked chart in time order: the oldest is the darkest.
LAYERS: tuple[str, ...] = (
    "#081D58",
    "#253494",
    "#225EA8",
    "#1D91C0",
    "#41B6C4",
    "#7FCDBB",
    "#C7E9B4",
    "#E9E29C",
)
INK, GREY_TEXT, FAINT_TEXT, GRID, PAPER = "#222222", "#5F6B76", "#8A949E", "#E3E6E9", "#FFFFFF"
# A bar that says nothing for sure.
PALE_BAR = "#C9D1D8"
# A cell that holds a number but no colour, such as age 0.
BLANK_CELL = "#F1F3F5"

_ROLES: dict[str, str] = {"main": BLUE, "accent": VERMILLION, "muted": "#B4BBC2", "plain": SKY}
_HEAT = ((0xF3, 0xF8, 0xFC), (0x9F, 0xC8, 0xE4), (0x2F, 0x80, 0xBD), (0x08, 0x3A, 0x70))


def role_colour(role: Role) -> str:
    """The colour of a series by the part it plays.

    Parameters
    ----------
    role : {"main", "muted", "accent", "plain"}
        The role of a `Series`.

    Returns
    -------
    str
        A colour as #RRGGBB.

    Raises
    ------
    ArgumentError
        For any other role.

    Notes
    -----
    Colour is never the only sign: a main series is also drawn thicker, and labels stand beside it.

    Examples
    --------
    >>> role_colour("main")
    '#0072B2'
    """
    choose("role", role, get_args(Role))
    return _ROLES[role]


def heat_colour(share: float) -> str:
    """The colour of a heatmap cell, from nearly white to dark blue.

    Parameters
    ----------
    share : float, 0..1
        The cell's value over the picture's `scale_max`; what lies outside takes the nearest end.

    Returns
    -------
    str
        A colour as #RRGGBB.

    Raises
    ------
    ArgumentError
        Where `share` is not a number.

    Notes
    -----
    Divide by one number for the whole grid, never by the row's: else rows cannot be compared.

    Examples
    --------
    >>> heat_colour(0.0), heat_colour(1.0)
    ('#F3F8FC', '#083A70')
    """
    if share != share:
        raise ArgumentError("share: not a number has no colour. Leave the cell blank.")
    position = min(max(float(share), 0.0), 1.0) * (len(_HEAT) - 1)
    step = min(int(position), len(_HEAT) - 2)
    rest = position - step
    pairs = zip(_HEAT[step], _HEAT[step + 1], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * rest):02X}" for a, b in pairs)
