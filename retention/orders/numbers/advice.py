"""What to do about cells in which no number could be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from retention.orders.numbers.currency_signs import CODES, signs_of
from retention.orders.numbers.format import NumberFormat
from retention.orders.numbers.patterns import readable_body

_SEPARATED = re.compile(r"[-+(]? *\d[\d.,' ]*[.,][\d.,' ]*\d *[-)]?")


def number_advice(cells: Sequence[str | None], *, column: str | None = None) -> str:
    """One clause on how to go on with unreadable cells, such as `pass decimal=","`.

    `column` is our name of the one that they stand in, where that is known.
    """
    another = f'columns={{"{column}": ...}}' if column else "columns={...}"
    filled = [_plain(cell) for cell in cells if cell and cell.strip(" -–—")]
    if not filled:
        return "fill them in at the source (they are empty)"
    if all("%" in cell for cell in filled):
        return f"name the column that holds the numbers (a percentage is none), with {another}"
    if all(_SEPARATED.fullmatch(cell) for cell in filled):
        return _decimal_advice(filled)
    if any(_has_currency(cell) for cell in filled):
        return "convert the cells in another currency, or write all of them alike"
    if not any(character.isdigit() for cell in filled for character in cell):
        return f"write them as figures, or name another column with {another}"
    return f'write them alike, such as "1250.50", or name another column with {another}'


def _plain(cell: str) -> str:
    """Lower case with plain digits and spaces; accents are kept, nothing here rests on them."""
    return unicodedata.normalize("NFKC", cell).replace("−", "-").lower().strip()


def _decimal_advice(cells: Sequence[str]) -> str:
    named = {",": "the comma", ".": "the point"}
    fitting = [sign for sign in named if all(_fits(cell, sign) for cell in cells)]
    if not fitting:
        return "write them with one decimal sign and thousands in groups of three"
    options = (f'decimal="{sign}" if {named[sign]} is the decimal sign' for sign in fitting)
    return "pass " + ", or ".join(options)


def _fits(cell: str, sign: str) -> bool:
    body = readable_body(NumberFormat(sign, None, "always"))
    return re.fullmatch(body, cell.strip("-+() ")) is not None


def _has_currency(cell: str) -> bool:
    words = re.findall(r"[^\d.,'\s()+-]+", cell)
    return any(word in signs_of(None) or word.upper() in CODES for word in words)
