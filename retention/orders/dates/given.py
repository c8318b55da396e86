"""What a user may pass as `date_format=`."""

from __future__ import annotations

import re

from retention.errors import ArgumentError, examples
from retention.orders.dates.format import WORDS

BAR = " | "
_KNOWN = frozenset("dmyYbBhaAHIMSfpzj%")
_DAY = ({"d"}, {"m", "b", "B", "h"}, {"y", "Y"})
_SPREADSHEET = re.compile(r"(?i)\b[dmy]{1,4}([-/. ])[dmy]{1,4}\1[dmy]{1,4}\b")


def given_formats(date_format: str) -> tuple[str, ...]:
    """The formats in `date_format=`, in one spelling; several stand with bars between.

    Raises
    ------
    ArgumentError
        If one is neither a word for numbers nor a strptime format with day, month and year.
    """
    parts = [part.strip() for part in date_format.split(BAR.strip())]
    return tuple(part if part in WORDS else _strptime(part) for part in parts)


def _strptime(part: str) -> str:
    found = re.findall(r"%-?(.?)", part)
    unknown = [f"%{letter}" for letter in found if letter not in _KNOWN]
    letters = set(found)
    has_day = {"j"} <= letters or all(letters & needed for needed in _DAY[:2])
    twice = [f"%{letter}" for letter in letters if found.count(letter) > 1]
    if unknown or twice or not has_day or not letters & _DAY[2]:
        what = "names no day, month and year"
        if unknown or twice:
            what = f"knows no {examples(unknown)}" if unknown else f"has {examples(twice)} twice"
        raise ArgumentError(
            f"date_format: {part!r} {what}. Write it like {_example(part)}, several formats like "
            f'"%Y-%m-%d{BAR}%d/%m/%Y", or one of {examples(WORDS, len(WORDS))} for numbers.'
        )
    return re.sub(r"%-(?=[dmHIMSyj])", "%", part).replace("%B", "%b").replace("%h", "%b")


def _example(part: str) -> str:
    """dd/mm/yyyy, as spreadsheets write it, in our own words."""
    if not _SPREADSHEET.fullmatch(part):
        return '"%d/%m/%Y"'
    letters = {"d": "%d", "m": "%m"}
    words = re.findall(r"[A-Za-z]+|[^A-Za-z]+", part)
    ours = [
        letters.get(word[0].lower(), "%Y" if len(word) > 2 else "%y") if word.isalpha() else word
        for word in words
    ]
    return f'"{"".join(ours)}"'
