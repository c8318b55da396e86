"""Differences of shares as a native chart holds them: in percentage points.

No number format of a spreadsheet writes 0.026 as 2.6 without a percent sign, and 2.6 % it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retention.charts.picture import Picture, Series
from retention.export.shown_number import shown_number

# Sums of floats end in digits that nobody means.
_DIGITS = 10


def native_factor(picture: Picture) -> int:
    """How many times as large the numbers of a native chart are.

    Examples
    --------
    >>> kinds = (("bar", "points"), ("bar", "percent"), ("waterfall", "percent"))
    >>> [native_factor(Picture(kind, "k", "t", (), (), form)) for kind, form in kinds]
    [100, 1, 100]
    """
    # The steps from one share to another are points, on the same axis as both.
    is_step = picture.kind == "waterfall" and picture.number_format == "percent"
    return 100 if is_step or picture.number_format == "points" else 1


def in_points(picture: Picture) -> Picture:
    """Bars with the numbers and limits that their native chart has; others stay as they are.

    Examples
    --------
    >>> gaps = Series("web", (0.026, None), low=(-0.01, None), high=(0.06, None))
    >>> in_points(Picture("bar", "k", "t", ("a", "b"), (gaps,), "points")).series[0].values
    (2.6, None)
    """
    if picture.kind == "waterfall" or native_factor(picture) == 1:
        return picture
    series = tuple(_in_points(each, picture) for each in picture.series)
    return replace(picture, series=series)


def _in_points(series: Series, picture: Picture) -> Series:
    values = [shown_number(value, picture) for value in series.values]
    low, high = (None if ends is None else _times(ends) for ends in (series.low, series.high))
    return replace(series, values=_times(values), low=low, high=high)


def _times(values: Sequence[float | None]) -> tuple[float | None, ...]:
    return tuple(None if value is None else round(100 * value, _DIGITS) for value in values)
