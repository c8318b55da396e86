"""Formats of dates as people write them, and the exact pattern that a cell's shape calls for.

A *shape* is a cell with every digit replaced by 1: a column of millions has a handful.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from retention.orders.dates.format import COMPACT, EPOCHS, EXCEL, Reading

_SIGNS = ("-", "/", ".", " ")
# Day and month are tried in both orders; the year comes first in two digits only between dashes.
FORMATS = (
    *(f"%Y{sign}%m{sign}%d" for sign in _SIGNS),
    *(f"%d{sign}%m{sign}%Y" for sign in _SIGNS),
    *(f"%m{sign}%d{sign}%Y" for sign in _SIGNS),
    *(f"%d{sign}%m{sign}%y" for sign in _SIGNS),
    *(f"%m{sign}%d{sign}%y" for sign in _SIGNS),
    "%y-%m-%d",
    *(f"%d{sign}%b{sign}%Y" for sign in (*_SIGNS, "")),
    *(f"%d{sign}%b{sign}%y" for sign in (*_SIGNS, "")),
    *("%b %d, %Y", "%b %d,%Y", "%b %d %Y", "%b-%d-%Y", "%b/%d/%Y", "%d %b, %Y"),
    *("%Y-%b-%d", "%Y %b %d", "%Y/%b/%d", "%b %d %H:%M:%S %Y"),
    COMPACT,
    EXCEL,
    *EPOCHS,
)
_SHORT = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_LONG = "january|february|march|april|june|july|august|september|october|november|december"
_DECIMALS = "(?:[.,]1+)?"
_DIRECTIVES = {
    "%d": "1{1,2}", "%m": "1{1,2}", "%Y": "1111", "%y": "11", "%j": "1{1,3}",
    "%H": "1{1,2}", "%I": "1{1,2}", "%M": "11", "%S": "11", "%f": "1{1,6}", "%n": "1{1,9}",
    "%b": f"(?:(?P<long>(?i:{_LONG}))|(?P<short>(?i:{_SHORT}))|(?P<numbered>m1{{1,2}}))",
    "%a": "[^\\W\\d]+", "%A": "[^\\W\\d]+", "%p": "[AaPp][Mm]",
    "%z": "[+-]11(?::?11)?", "%%": "%",
}  # fmt: skip
_NUMBERS = {
    EXCEL: f"1{{5}}{_DECIMALS}",
    "epoch_s": f"1{{9,10}}{_DECIMALS}",
    "epoch_ms": f"1{{12,13}}{_DECIMALS}",
    "epoch_us": "1{15,16}",
    "epoch_ns": "1{18,19}",
}
_TIME = (
    r"(?P<time>(?P<hour>1{1,2}):11(?P<second>:11(?P<fraction>[.,]1{1,9})?)?"
    r"(?P<half> ?[AaPp][Mm])?)"
)
_BARE_TIME = r"(?P<bare>11(?P<bare_minute>11(?P<bare_second>11)?))"
_ZONE = r"(?P<zone> ?(?:Z|z|UTC|utc|GMT|gmt|(?P<offset>[+-]11(?::?11)?)))?"
MICROSECONDS = 6  # digits after the second; "%n" reads up to nine, "%f" only these
_TOKEN = re.compile(r"%-?[A-Za-z%]|[^%]+|%")


@dataclass(frozen=True)
class Match:
    """A format that a shape calls for: the exact reading, and where in the cell the date ends.

    Of a folded cell nobody knows where it ends (None).
    """

    date_format: str
    readings: tuple[Reading, ...]
    date_end: int | None


def match_shape(shape: str, date_format: str, *, is_folded: bool) -> Match | None:
    """The exact pattern with which a format reads cells of this shape, times included."""
    for pattern in _compiled(date_format):
        if found := pattern.fullmatch(shape):
            date_end = None if is_folded else found.end("date")
            exact = _exact(date_format, found)
            readings = [Reading(exact, is_folded)]
            if "%p" in exact:  # 14:05 PM and 00:30 AM: `fold` drops a marker that says nothing
                readings += _on_24_hours(exact)
            return Match(date_format, tuple(readings), date_end)
    return None


def like_pattern(pattern: str) -> str:
    """What a cell must look like to be worth parsing: failed parsing is what costs time."""
    wide = {"%Y": "____", "%y": "__", "%M": "__", "%S": "__"}
    tokens = _tokens(pattern)
    parts = []
    for place, token in enumerate(tokens):
        if not token.startswith("%"):
            parts.append(token)
        else:
            is_tight = _touches_a_number(tokens, place) and token in ("%d", "%m", "%H", "%I")
            parts.append("__" if is_tight else wide.get(token, "%"))
    return "".join(parts)


@functools.cache
def _compiled(date_format: str) -> tuple[re.Pattern[str], ...]:
    """The shapes of a format: alone, before a time, after a time."""
    if date_format in _NUMBERS:
        return (re.compile(f"(?P<date>{_NUMBERS[date_format]})"),)
    tokens = _tokens(date_format)
    date = f"(?P<date>{''.join(_regex(tokens, place) for place in range(len(tokens)))})"
    if any(token in ("%H", "%I") for token in tokens):
        return (re.compile(date),)
    is_compact = date_format == COMPACT
    bare = f"|(?P<bare_gap>[Tt ])?{_BARE_TIME}" if is_compact else ""
    alone = rf"{date}(?P<float>\.1)?" if is_compact else date
    after = f"(?:(?P<gap>[Tt]| |, | - |:){_TIME}{bare}){_ZONE}"
    before = f"{_TIME}(?P<gap> |, | - ){date}"
    return re.compile(alone), re.compile(f"{date}{after}"), re.compile(before)


def _regex(tokens: list[str], place: int) -> str:
    token = tokens[place]
    if token not in _DIRECTIVES:
        return re.escape(re.sub(r"\d", "1", token))
    wide = token in ("%d", "%m", "%H", "%I")
    return "11" if wide and _touches_a_number(tokens, place) else _DIRECTIVES[token]


def _touches_a_number(tokens: list[str], place: int) -> bool:
    around = tokens[max(place - 1, 0) : place] + tokens[place + 1 : place + 2]
    return any(token in _DIRECTIVES and token not in ("%b", "%%", "%p", "%z") for token in around)


def _tokens(pattern: str) -> list[str]:
    return _TOKEN.findall(pattern)


def _exact(date_format: str, found: re.Match[str]) -> str:
    parts = found.groupdict()
    date = date_format
    if parts.get("long"):
        date = date.replace("%b", "%B")
    if parts.get("numbered"):
        date = date.replace("%b", "m%m")
    if parts.get("float"):
        return f"{date}.0"  # a whole number that went through a column of floats
    if parts.get("bare"):
        return date + (parts["bare_gap"] or "") + _bare_time(parts) + _zone(parts)
    if not parts.get("time"):
        return date
    if found.start("time") < found.start("date"):
        return _time(parts) + parts["gap"] + date
    return date + parts["gap"] + _time(parts) + _zone(parts)


def _time(parts: dict[str, str | None]) -> str:
    half = parts["half"] or ""
    text = "%I:%M" if half else "%H:%M"
    if parts["second"]:
        text += ":%S"
    if fraction := parts["fraction"]:
        text += fraction[0] + ("%f" if len(fraction) <= MICROSECONDS + 1 else "%n")
    return text + (" %p" if half.startswith(" ") else "%p" if half else "")


def _bare_time(parts: dict[str, str | None]) -> str:
    return "%H%M%S" if parts["bare_second"] else "%H%M"


def _zone(parts: dict[str, str | None]) -> str:
    zone = parts["zone"] or ""
    offset = parts["offset"]
    return zone.replace(offset, "%z") if offset else zone


def _on_24_hours(pattern: str) -> list[Reading]:
    whole_day = pattern.replace(" %p", "").replace("%p", "").replace("%I", "%H")
    return [Reading(whole_day.replace(", ", " ").replace("%B", "%b"), is_folded=True)]
