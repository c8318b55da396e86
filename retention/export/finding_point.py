"""A named value of a picture, and how it is written with its limits."""

from __future__ import annotations

from typing import NamedTuple

from retention.charts.number import format_number
from retention.charts.picture import Picture
from retention.texts import text


class Point(NamedTuple):
    """A named value with its limits, where these are known."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the limits are known and hold no 0."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high

    def meets(self, other: Point) -> bool:
        """Whether the limits of both are known and overlap."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return self.low <= other.high and other.low <= self.high


def number_words(picture: Picture, value: float) -> str:
    """A number as the picture writes it, money with its currency.

    Examples
    --------
    >>> number_words(Picture("bar", "k", "t", (), (), number_format="percent"), 0.25)
    '25.0%'
    """
    number = format_number(value, number_format=picture.number_format, currency=picture.currency)
    is_money = picture.number_format == "money" and picture.currency
    return f"{number} {picture.currency}" if is_money else number


def value_words(picture: Picture, point: Point) -> str:
    """The value with its limits.

    Examples
    --------
    >>> picture = Picture("bar", "k", "t", (), (), number_format="percent")
    >>> value_words(picture, Point("a", 0.2, 0.1, 0.3))
    '20.0% (95%: 10.0% to 30.0%)'
    """
    value = number_words(picture, point.value)
    if point.low is None or point.high is None:
        return value
    low, high = number_words(picture, point.low), number_words(picture, point.high)
    level = picture.interval_percent
    return text("{value} ({level}%: {low} to {high})", value=value, level=level, low=low, high=high)
