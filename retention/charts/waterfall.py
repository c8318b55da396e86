"""The steps of a waterfall: where each begins, where it ends, and how it is written."""

from __future__ import annotations

from typing import NamedTuple

from retention.charts.number import format_number
from retention.charts.picture import Picture


class Step(NamedTuple):
    """One bar: from where to where, and whether it stands on zero."""

    start: float
    end: float
    is_total: bool

    @property
    def low(self) -> float:
        """The lower end of the bar."""
        return min(self.start, self.end)

    @property
    def high(self) -> float:
        """The upper end of the bar."""
        return max(self.start, self.end)

    @property
    def change(self) -> float:
        """The step's own number: what a total holds, or how far another step leads."""
        return self.end - self.start


def steps_of(picture: Picture) -> tuple[Step, ...]:
    """The steps of a waterfall, each from where the one before ended.

    Parameters
    ----------
    picture : Picture
        A waterfall: one series, whose `is_total` says which bars stand on zero.

    Returns
    -------
    tuple of Step
        One for each category; no value is a step of nothing.

    Notes
    -----
    A total says itself how high it is; that the steps before add up to it is for the table to see to.

    Examples
    --------
    >>> from retention.charts.picture import Series
    >>> rates = Series("rate", (0.5, -0.125, 0.375), is_total=(True, False, True))
    >>> [(s.low, s.high) for s in steps_of(Picture("waterfall", "k", "t", ("a", "b", "c"), (rates,)))]
    [(0.0, 0.5), (0.375, 0.5), (0.0, 0.375)]
    """
    series = picture.series[0]
    totals = series.is_total or (False,) * len(series.values)
    level = 0.0
    steps = []
    for value, is_total in zip(series.values, totals, strict=True):
        start = 0.0 if is_total else level
        level = start + (value or 0.0)
        steps.append(Step(start, level, is_total))
    return tuple(steps)


def step_words(picture: Picture, step: Step) -> str:
    """A step as it is written: a total as a number, a change with its sign.

    Examples
    --------
    >>> picture = Picture("waterfall", "k", "t", (), (), number_format="percent")
    >>> [step_words(picture, Step(0.5, end, False)) for end in (0.6, 0.4, 0.5)]
    ['+10.0 pts', '-10.0 pts', '0 pts']
    """
    if picture.number_format == "percent" and not step.is_total:
        return format_number(step.change, number_format="points")
    words = format_number(
        step.change, number_format=picture.number_format, currency=picture.currency
    )
    is_rise = step.change > 0 and any(digit in words for digit in "123456789")
    return f"+{words}" if is_rise and not step.is_total else words
