"""How a number is written on a chart: percent, points, integer, decimal, money."""

from __future__ import annotations

import math
from typing import get_args

from retention.charts.picture import NumberFormat
from retention.errors import choose
from retention.texts import local_number, text

# Nobody pays in hundredths of these.
WITHOUT_DECIMALS = frozenset({"VND", "JPY", "KRW", "IDR", "CLP", "HUF"})
_SHORT = ((1e9, "{number} bn"), (1e6, "{number} m"))


def format_number(
    value: float | None,
    *,
    number_format: NumberFormat = "integer",
    currency: str | None = None,
    digits: int | None = None,
    largest: float | None = None,
) -> str:
    """A number as people write it, without the currency's name.

    Parameters
    ----------
    value : float or None
        The number; a share 0..1 for "percent".
    number_format : {"percent", "points", "integer", "decimal", "money"}
        What kind of number it is; points are a difference of shares, in percentage points with their
        sign. Money from a million on is shortened ("1.25 m", "3.4 bn").
    currency : str or None
        Code of the currency: "VND" and others that have no hundredths get no decimals.
    digits : int or None
        Decimals; by default 1 for percent and points, 2 for decimals, 0 or 2 for money.
    largest : float or None
        The number that decides how money is shortened, so that an axis has one unit.

    Returns
    -------
    str
        The text; empty where there is no value.

    Raises
    ------
    ArgumentError
        For an unknown format.

    Notes
    -----
    The currency is named once, on the axis, not at each number. What is nothing when written has no sign.

    Examples
    --------
    >>> format_number(0.1364, number_format="percent")
    '13.6%'
    >>> format_number(0.026, number_format="points")
    '+2.6 pts'
    >>> format_number(1234567, number_format="money", currency="VND")
    '1.23 m'
    >>> format_number(45000, number_format="money", currency="VND")
    '45,000'
    """
    choose("number_format", number_format, get_args(NumberFormat))
    if value is None or not math.isfinite(value):
        return ""
    if number_format == "percent":
        return local_number(f"{value:z.{1 if digits is None else digits}%}")
    if number_format == "points":
        points = signed_points(value, digits=1 if digits is None else digits)
        return text("{number} pts", number=points)
    if number_format == "integer":
        return local_number(f"{value:z,.0f}")
    if number_format == "decimal":
        return local_number(f"{value:z,.{2 if digits is None else digits}f}")
    return _money(value, currency, digits, value if largest is None else largest)


def signed_points(value: float, *, digits: int = 1) -> str:
    """A difference of shares in percentage points with its sign, where the unit stands beside it.

    Examples
    --------
    >>> signed_points(-0.292), signed_points(0.0004)
    ('-29.2', '0')
    """
    is_nothing = round(100 * value, digits) == 0
    return "0" if is_nothing else local_number(f"{100 * value:+.{digits}f}")


def _money(value: float, currency: str | None, digits: int | None, largest: float) -> str:
    """Money, shortened from a million on: three figures say enough on a chart."""
    for unit, words in _SHORT:
        if abs(largest) >= unit:
            return text(words, number=_three_figures(value / unit))
    whole = currency in WITHOUT_DECIMALS or abs(value) >= 1000 or float(value).is_integer()
    decimals = (0 if whole else 2) if digits is None else digits
    return local_number(f"{value:z,.{decimals}f}")


def _three_figures(number: float) -> str:
    """1.2, 12.3, 123 or 1,234: never a trailing zero, never an exponent."""
    decimals = 2 if abs(number) < 10 else 1 if abs(number) < 100 else 0
    written = f"{number:z,.{decimals}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
