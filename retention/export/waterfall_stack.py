"""A waterfall as stacked bars: what is seen of each step, on a base that is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from retention.charts.picture import Picture, Role, Series
from retention.charts.waterfall import Step, steps_of
from retention.export.in_points import native_factor
from retention.export.shown_number import shown_number
from retention.texts import text


class Layer(NamedTuple):
    """One layer of the stack; `sign` stands before its numbers, the base is not drawn."""

    series: Series
    sign: str = ""
    is_base: bool = False


def layers_of(picture: Picture) -> list[Layer]:
    """The layers of a waterfall, the base first.

    Parameters
    ----------
    picture
        A waterfall.

    Returns
    -------
    list of Layer
        Base, totals, increases and decreases; where a step crosses zero also what of it lies below.

    Notes
    -----
    The trap: programs stack what is positive up from zero and what is negative down from it, each by
    itself, so a step below zero rests on a base that is negative, too.

    Examples
    --------
    >>> steps = Series("rate", (5.0, -2.0, -4.0), is_total=(True, False, False))
    >>> picture = Picture("waterfall", "k", "t", ("a", "b", "c"), (steps,))
    >>> [(layer.series.name, layer.series.values) for layer in layers_of(picture)][3:]
    [('Decrease', (None, 2.0, 3.0)), ('Decrease, below zero', (None, None, -1.0))]
    """
    steps = steps_of(picture)
    rises = [not step.is_total and step.change >= 0 for step in steps]
    falls = [not step.is_total and step.change < 0 for step in steps]
    layers = [
        Layer(_series(text("Base"), [_base(step) for step in steps], "muted"), is_base=True),
        Layer(_series(text("Total"), [s.end if s.is_total else None for s in steps], "muted")),
        *_parts(
            picture, steps, rises, (text("Increase"), text("Increase, below zero")), "main", "+"
        ),
        *_parts(
            picture, steps, falls, (text("Decrease"), text("Decrease, below zero")), "accent", "-"
        ),
    ]
    return [layer._replace(series=_native(layer.series, picture)) for layer in layers]


def _parts(
    picture: Picture,
    steps: Sequence[Step],
    chosen: Sequence[bool],
    names: tuple[str, str],
    role: Role,
    sign: str,
) -> list[Layer]:
    """What is seen of the chosen steps, and below zero of those that cross it."""
    pairs = list(zip(steps, chosen, strict=True))
    seen = [_seen(picture, step) if is_chosen else None for step, is_chosen in pairs]
    below = [step.low if is_chosen and _crosses(step) else None for step, is_chosen in pairs]
    layers = [Layer(_series(names[0], seen, role), sign)]
    if any(value is not None for value in below):
        layers.append(Layer(_series(names[1], below, role), sign))
    return layers


def _crosses(step: Step) -> bool:
    return step.low < 0 < step.high


def _base(step: Step) -> float | None:
    """The end of the bar that is nearer to zero; totals and steps across zero rest on nothing."""
    if step.is_total or _crosses(step):
        return None
    return step.low if step.low >= 0 else step.high


def _seen(picture: Picture, step: Step) -> float | None:
    """The length above zero, or as a negative number the one below it."""
    if _crosses(step):
        return step.high
    length = step.high - step.low
    length = 0.0 if shown_number(-length, picture) == 0.0 else length
    return length if step.low >= 0 else -length


def _native(series: Series, picture: Picture) -> Series:
    """The numbers as a native chart holds them: shares and steps between them in points."""
    factor = native_factor(picture)
    values = (None if value is None else round(value * factor, 10) for value in series.values)
    return replace(series, values=tuple(values))


def _series(name: str, values: Sequence[float | None], role: Role) -> Series:
    # Sums of floats end in digits that nobody means.
    return Series(name, tuple(None if v is None else round(v, 12) for v in values), role)
