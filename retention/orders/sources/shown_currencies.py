"""Currencies that a workbook shows by number formats alone: the cells themselves are bare numbers."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from retention.orders.numbers.currency_signs import meant_by

# By row and column of a sheet, both from 0: the currency of the cell.
Shown = dict[tuple[int, int], str]
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = dict.fromkeys(("5", "6", "7", "8", "42", "44"), "$")
# What a number format writes as it is: [$₫-42A], "USD", \$, and signs that need no quotes.
_WRITTEN = re.compile(r'\[\$([^\]-]+)(?:-[^\]]*)?\]|"([^"]*)"|\\([^\s0#])|([$€£¥₫])')
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")


def shown_currencies(path: Path, sheet: str) -> Shown:
    """The currency of each cell in columns whose cells are shown in several; empty in other files.

    The sheet is looked through only where its workbook has formats of two currencies.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        if "xl/styles.xml" not in book.namelist():
            return {}
        styles = _styles(book)
        part = _part(book, sheet)
        if len(set(filter(None, styles))) < 2 or part not in book.namelist():
            return {}
        with book.open(part) as content:
            found = dict(_cells(content, styles))
    return _of_several(found)


def with_shown(
    rows: Iterator[Sequence[object]], shown: Shown, first: int
) -> Iterator[list[object]]:
    """The rows with the currency written behind such numbers; `first` is the column of their first."""
    for number, row in enumerate(rows):
        yield [
            f"{_plain(cell)} {shown[number, first + place]}"
            if isinstance(cell, (int, float)) and (number, first + place) in shown
            else cell
            for place, cell in enumerate(row)
        ]


def _plain(number: float) -> str:
    return str(int(number)) if float(number).is_integer() else repr(number)


def _styles(book: zipfile.ZipFile) -> list[str | None]:
    """The currency of each style of cells, where its number format shows one."""
    tree = ElementTree.fromstring(book.read("xl/styles.xml"))
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in tree.iter(f"{_MAIN}numFmt")}
    styles = tree.find(f"{_MAIN}cellXfs")
    ids = [one.get("numFmtId", "0") for one in styles] if styles is not None else []
    return [_currency(codes.get(number, _BUILT_IN.get(number, ""))) for number in ids]


def _currency(code: str) -> str | None:
    texts = ["".join(groups).strip().lower() for groups in _WRITTEN.findall(code.split(";")[0])]
    found = [meant for text in texts if (meant := meant_by([text], None))]
    return found[0] if found else None


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """Where in the archive the sheet lies."""
    tree = ElementTree.fromstring(book.read("xl/workbook.xml"))
    ids = {one.get("name"): one.get(_RELATION) for one in tree.iter(f"{_MAIN}sheet")}
    relations = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    target = targets.get(ids.get(sheet), "")
    return target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)


def _cells(
    content: IO[bytes], styles: Sequence[str | None]
) -> Iterator[tuple[tuple[int, int], str]]:
    for _event, row in ElementTree.iterparse(content):
        if row.tag != f"{_MAIN}row":
            continue
        for cell in row:
            style = int(cell.get("s", "0"))
            currency = styles[style] if style < len(styles) else None
            place = _PLACE.fullmatch(cell.get("r", ""))
            if currency and place and cell.get("t", "n") == "n":
                yield (int(place[2]) - 1, _column(place[1])), currency
        row.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _of_several(found: Mapping[tuple[int, int], str]) -> Shown:
    currencies: dict[int, set[str]] = {}
    for (_row, column), currency in found.items():
        currencies.setdefault(column, set()).add(currency)
    return {place: code for place, code in found.items() if len(currencies[place[1]]) > 1}
