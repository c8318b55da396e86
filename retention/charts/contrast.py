"""How well words stand out from what lies behind them, as the rules for readable pages count it."""

from __future__ import annotations

from retention.charts.colours import PAPER

# What small letters need (WCAG 2, level AA).
ENOUGH = 4.5
_STEP = 0.95


def contrast(one: str, other: str) -> float:
    """From 1, the same colour, to 21, black on white.

    Examples
    --------
    >>> round(contrast("#000000", "#FFFFFF"), 1), contrast("#56B4E9", "#56B4E9")
    (21.0, 1.0)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_of(colour: str, paper: str = PAPER) -> str:
    """The colour itself, or as much darker as its words need to be read on the paper.

    Examples
    --------
    >>> ink_of("#0072B2"), ink_of("#E69F00")
    ('#0072B2', '#996900')
    """
    parts = _parts(colour)
    while contrast(_written(parts), paper) < ENOUGH and max(parts) >= 1:
        parts = [part * _STEP for part in parts]
    return _written(parts)


def _parts(colour: str) -> list[float]:
    """Red, green and blue, 0..255."""
    return [float(int(colour[place : place + 2], 16)) for place in (1, 3, 5)]


def _written(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02X}" for part in parts)


def _luminance(colour: str) -> float:
    """How bright a colour looks, 0..1."""
    shares = [part / 255 for part in _parts(colour)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
