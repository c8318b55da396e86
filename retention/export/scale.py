"""The range of an axis: round ends, round steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

# Below this an axis has no range that a program could draw.
_NOTHING = 1e-9
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_TICKS = (1, 2, 3, 4, 6, 10, 12, 20, 30, 60, 90, 180, 365, 730)


class Scale(NamedTuple):
    """Lower end, upper end and step of an axis."""

    bottom: float
    top: float
    step: float


def value_scale(
    values: Sequence[float], *, is_share: bool = False, is_count: bool = False, most: int = 6
) -> Scale:
    """A range with round ends that holds 0 and all values, in at most so many steps.

    Parameters
    ----------
    values
        Everything that will be drawn.
    is_share
        Whether the range ends at 1 at most.
    is_count
        Whether the steps are whole: there is no half of an order.
    most
        The most steps.

    Returns
    -------
    Scale
        Ends and step.

    Notes
    -----
    The trap: 0 is always in, so that bars and lines never look steeper than they are.

    Examples
    --------
    >>> value_scale([0.1, 0.43], is_share=True)
    Scale(bottom=0.0, top=0.5, step=0.1)
    >>> value_scale([15], is_count=True)
    Scale(bottom=0.0, top=15.0, step=5.0)
    """
    low, high = min([0.0, *values]), max([0.0, *values])
    if high - low < _NOTHING:
        return Scale(0.0, 1.0, 0.25 if is_share else 1.0)
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    sizes = [round(s * power * ten, 12) for ten in (1, 10) for s in _STEPS]
    fit = (size for size in sizes if (high - low) / size <= most + 1e-9)
    step = next((size for size in fit if not is_count or size.is_integer()), 1.0)
    bottom = round(math.floor(low / step + 1e-9) * step, 12)
    top = round(math.ceil(high / step - 1e-9) * step, 12)
    return Scale(bottom, min(top, 1.0) if is_share and high <= 1 else top, round(step, 12))


def tick_step(count: int, *, most: int) -> int:
    """How many categories from one label to the next, so that there are at most so many labels.

    Examples
    --------
    >>> tick_step(366, most=13), tick_step(12, most=13)
    (30, 1)
    """
    rough = max(math.ceil(count / max(most, 1)), 1)
    return next((step for step in _TICKS if step >= rough), rough)
