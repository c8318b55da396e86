"""Numbers from columns by a format chosen before: an expression, which runs no query.

Inside a case or after another reading the engine evaluates only the cells that are left, but it
does not see what two branches share: every reading uses the text of a cell once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import ibis

from retention.engine.frames import MONEY
from retention.orders.numbers.currency_signs import signs_of
from retention.orders.numbers.format import NumberFormat
from retention.orders.numbers.patterns import UNITS, readable_body
from retention.orders.numbers.text import clean_text

_LIMIT = 99_999_999_999_999  # what 18 digits hold with four decimals
_BACK = r"(-| *\))?"


def parse_numbers(column: Any, format: NumberFormat) -> Any:
    """An exact decimal of each cell; null where the format does not cover it."""
    if not column.type().is_string():
        return _typed(column)
    marked = ibis.literal("!").concat(clean_text(column))
    dear = ibis.coalesce(
        _written(marked, format).try_cast(MONEY), _short(marked, format).try_cast(MONEY)
    )
    rest = ibis.ifelse(column.notnull(), dear, ibis.null(MONEY))
    return ibis.coalesce(
        _plain(column, format).try_cast(MONEY), _usual(column, format).try_cast(MONEY), rest
    )


def _typed(column: Any) -> Any:
    if column.type().is_null():
        return column.cast(MONEY)
    if column.get_backend().name == "duckdb":
        return column.try_cast(MONEY)
    # NaN is the greatest number to every engine.
    return ibis.ifelse(column.abs() < _LIMIT, column, ibis.null(column.type())).cast(MONEY)


def _plain(cell: Any, format: NumberFormat) -> Any:
    """Cells that need no more than a cast, as most do; null for all others."""
    is_covered = ~cell.contains("_")
    if format.decimal is None:
        is_covered &= ~cell.contains(".")
        return ibis.ifelse(is_covered, cell, ibis.null("string"))
    if format.decimal == ",":
        is_covered &= ~cell.contains(".")
    doubtful = {
        "never": rf"^\s*[-+]?[1-9]\d{{0,3}}[{format.decimal}]\d{{3,4}}\s*$",
        "trimmed": rf"^\s*[-+]?[1-9]\d{{0,2}}[{format.decimal}]\d{{2}}0\s*$",
    }
    if format.thousandths != "always":
        has_three = cell.like(f"%{format.decimal}___%")
        is_covered &= ~(has_three & cell.re_search(doubtful[format.thousandths]))
    number = cell.replace(",", ".") if format.decimal == "," else cell
    return ibis.ifelse(is_covered, number, ibis.null("string"))


def _usual(cell: Any, format: NumberFormat) -> Any:
    """Figures with a currency before or after them: matching alone is much cheaper than parting."""
    lower, body = cell.lower(), f"(?:{readable_body(format)})"
    signs = signs_of(format.currency) if format.currency else ()
    beside = "|".join(re.escape(sign) for sign in signs)
    is_usual = lower.re_search(f"^(?:{body}(?: ?(?:{beside}))?|(?:{beside}) ?{body})$")
    number = _figures(_without(lower, signs), format)
    return ibis.ifelse(is_usual, number, ibis.null("string"))


def _written(marked: Any, format: NumberFormat) -> Any:
    """Figures with separators, currency and brackets, as the engine writes them.

    The mark in front goes with what is read; the engine casts no cell that still has it.
    """
    pattern = _around(f"({readable_body(format)})", format)
    return _signed(_figures(marked.re_replace(pattern, r"\1\2\4\5#\3"), format))


def _short(marked: Any, format: NumberFormat) -> Any:
    """500k, 1,2 triệu, 1tr2: thousands, millions and billions as they are said in Vietnamese.

    Three digits before the unit ("1.250k") are left alone, they can be read in two ways.
    """
    spaced = "|".join(unit for unit in UNITS if unit != "k")
    body = rf"(\d+)(?:[.,](\d{{1,2}}))? ?(k|(?:{spaced}) ?)(\d|\d{{3}})?"
    # The colon stays, and nothing is read, where there are decimals before and after the unit.
    found = marked.re_replace(_around(body, format), r"\1\2\7\8#\3.\4:\6e\5")
    number = _without(found, (" ",)).replace(".:", ".").replace(":e", "e")
    for unit, power in UNITS.items():
        number = number.replace(f"e{unit}", f"e{power}")
    return _signed(number)


def _around(body: str, format: NumberFormat) -> str:
    """The pattern of a whole cell: two places for a minus or bracket on each side of the figures."""
    # The mark stands nowhere else in a cell, so without a currency nothing fits.
    signs = signs_of(format.currency) if format.currency else ("!",)
    sign = "|".join(re.escape(sign) for sign in signs)
    front = rf"([-+(])? *(?:{sign})? *([-+(])?"
    return rf"^!'?{front} *(?:{body}){_BACK}(?: *(?:{sign}){_BACK})?$"


def _figures(number: Any, format: NumberFormat) -> Any:
    number = _without(number, ("'", " "))
    if format.decimal == ",":
        return number.replace(".", "").replace(",", ".")
    return number.replace(",", "")


def _without(number: Any, signs: Iterable[str]) -> Any:
    for sign in signs:
        number = number.replace(sign, "")
    return number


def _signed(number: Any) -> Any:
    """What stood around the figures becomes one minus or nothing."""
    for around, sign in {"()#": "-", "-#": "-", "+#": "", "#": ""}.items():
        number = number.replace(around, sign)
    return number
