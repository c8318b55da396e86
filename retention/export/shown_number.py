"""A number as a chart's label shows it: what is nothing when written is nothing."""

from __future__ import annotations

import math

from retention.charts.number import WITHOUT_DECIMALS
from retention.charts.picture import Picture

# What is nearer to 0 than half of the last digit is written as 0.
_HALF = {"percent": 5e-4, "points": 5e-4, "integer": 0.5, "decimal": 5e-3}


def shown_number(value: float | None, picture: Picture) -> float | None:
    """The number for a bar and its label.

    Parameters
    ----------
    value
        A value of the picture.
    picture
        The bars, whose number format and largest value say how it is written.

    Returns
    -------
    float or None
        0 where the label would read "-0.0%" or "+0.0%"; None where there is no finite value.

    Notes
    -----
    The trap: codes of number formats that leave the sign out are read differently by Excel and
    LibreOffice, so the number itself is set to 0.

    Examples
    --------
    >>> points = Picture("bar", "k", "t", (), (), number_format="points")
    >>> shown_number(-0.0004, points), shown_number(-0.0006, points)
    (0.0, -0.0006)
    """
    if value is None or not math.isfinite(value):
        return None
    has_sign = value < 0 or picture.number_format == "points"
    return 0.0 if has_sign and abs(value) < _half(picture) else value


def _half(picture: Picture) -> float:
    """Half of the last digit that labels have; money is shortened as the largest of it is."""
    if picture.number_format in _HALF:
        return _HALF[picture.number_format]
    values = [abs(v) for series in picture.series for v in series.values if v is not None]
    largest = max(values, default=0.0)
    unit = next((size for size in (1e9, 1e6) if largest >= size), 0.0)
    return unit / 200 or (0.5 if picture.currency in WITHOUT_DECIMALS else 5e-3)
