"""Excel's codes for the numbers of a chart, as people write them on a slide."""

from __future__ import annotations

from retention.charts.number import WITHOUT_DECIMALS
from retention.charts.picture import Picture
from retention.export.in_points import native_factor
from retention.texts import text


def axis_code(picture: Picture, *, step: float) -> str:
    """The number format of an axis.

    Parameters
    ----------
    picture
        The chart.
    step
        From one label to the next; it decides on the decimals.

    Returns
    -------
    str
        An Excel number format.

    Notes
    -----
    The trap: money is shortened to millions and billions by the format; the numbers stay whole.

    Examples
    --------
    >>> axis_code(Picture("line", "k", "t", (), (), number_format="percent"), step=0.1)
    '0%'
    """
    if picture.number_format == "percent":
        return "0%" if round(step * 100, 9).is_integer() else "0.0%"
    if picture.number_format == "points":
        digits = "0" if round(step, 9).is_integer() else "0.0"
        return f"+{digits};-{digits};0"
    if picture.number_format == "money":
        return _money_axis(picture, step)
    return "#,##0" if float(step).is_integer() else "#,##0.0##"


def label_code(picture: Picture, *, sign: str = "") -> str:
    """The number format of values written beside bars; a given sign stands before every number.

    Examples
    --------
    >>> label_code(Picture("bar", "k", "t", (), (), number_format="percent"))
    '0.0%'
    >>> label_code(Picture("waterfall", "k", "t", (), (), number_format="percent"), sign="-")
    '-0.0" pts";-0.0" pts";0" pts"'
    """
    codes = {
        # Beside steps in points a share is held in hundredths, too.
        "percent": "0.0%" if native_factor(picture) == 1 else '0.0"%"',
        "points": _points("+", "-"),
        "integer": "#,##0",
        "decimal": "#,##0.00",
    }
    if sign and picture.number_format in ("percent", "points"):
        return _points(sign, sign)
    if sign:
        plain = codes.get(picture.number_format) or _signed_money(picture).split(";")[0]
        return f"{sign}{plain};{sign}{plain};0"
    if picture.number_format in codes:
        return codes[picture.number_format]
    return _signed_money(picture) if _has_losses(picture) else _money(picture.currency)


def _points(rise: str, fall: str) -> str:
    """Points with their sign and unit."""
    number, nothing = (_around(text("{number} pts", number="|"), digits) for digits in ("0.0", "0"))
    return f"{rise}{number};{fall}{number};{nothing}"


def _money_axis(picture: Picture, step: float) -> str:
    """One unit for the whole axis, with as many decimals as its steps need."""
    for unit, size, commas in (("bn", 1e9, ",,,"), ("m", 1e6, ",,")):
        # A step of half a million reads better in millions than with five zeros.
        if step >= size / 10:
            decimals = next(n for n in range(5) if round(step / size * 10**n, 6).is_integer())
            zeros = "0" * decimals
            digits = f"#,##0.{zeros}{commas}" if decimals else f"#,##0{commas}"
            code = _short(unit, digits)
            # With a condition of its own a section bears no sign by itself.
            return f"[=0]0;[<0]-{code};{code}" if _has_losses(picture) else f"[=0]0;{code}"
    return "#,##0" if float(step).is_integer() else _money(picture.currency)


def _signed_money(picture: Picture) -> str:
    """One unit for all labels: beside conditions, LibreOffice writes a loss without its sign."""
    values = [value for series in picture.series for value in series.values if value is not None]
    largest = max(map(abs, values))
    for unit, size, commas in (("bn", 1e9, ",,,"), ("m", 1e6, ",,")):
        if largest >= size:
            code = _short(unit, f"#,##0.0#{commas}")
            return f"{code};-{code};0"
    code = "#,##0" if picture.currency in WITHOUT_DECIMALS else "#,##0.00"
    return f"{code};-{code};0"


def _has_losses(picture: Picture) -> bool:
    return any(v is not None and v < 0 for series in picture.series for v in series.values)


def _money(currency: str | None) -> str:
    small = "#,##0" if currency in WITHOUT_DECIMALS else "#,##0.##"
    billions, millions = _short("bn", "#,##0.0#,,,"), _short("m", "#,##0.0#,,")
    return f"[>=1000000000]{billions};[>=1000000]{millions};{small}"


def _short(unit: str, digits: str) -> str:
    """The words around a shortened number, in quotes as Excel wants them."""
    words = {"bn": text("{number} bn", number="|"), "m": text("{number} m", number="|")}[unit]
    return _around(words, digits)


def _around(words: str, digits: str) -> str:
    before, after = words.split("|")
    return "".join((f'"{before}"' if before else "", digits, f'"{after}"' if after else ""))
