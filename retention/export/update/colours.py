"""Colours of new series beside old ones that keep theirs, and of the labels of all."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from pptx.oxml.ns import qn

from retention.charts.colours import PALETTE
from retention.export.series_element import SeriesElement
from retention.export.theme import ACCENTS

_COLOURS = (qn("a:srgbClr"), qn("a:schemeClr"))


def spread_colours(
    series: Sequence[SeriesElement], *, kept: set[str], roles: Mapping[str, str]
) -> None:
    """Give plain new series a colour that no other one has, in place.

    Parameters
    ----------
    series
        All series of the chart.
    kept
        Names of those that keep their colour.
    roles
        Series -> the part they play; only plain ones may change.

    Notes
    -----
    The trap: with more series than colours, colours repeat, as in a new chart.
    """
    taken = {_colour(one) for one in series if one.name in kept or roles.get(one.name) != "plain"}
    for one in series:
        if one.name in kept or roles.get(one.name) != "plain":
            continue
        colour = _colour(one)
        if colour in taken:
            free = [c for c in _row(colour) if c not in taken]
            _paint(one, colour, free[0] if free else colour)
        taken.add(_colour(one))


def colour_parts(series: SeriesElement, name: str, *, like: SeriesElement) -> None:
    """Give labels or points the colour that their series has now, in place.

    Parameters
    ----------
    series
        With labels and points as they would be drawn today.
    name
        Which of its parts.
    like
        The series as it would be drawn today.

    Notes
    -----
    The trap: parts of another colour than the series was drawn in, as words at marks, stay.
    """
    paints = _elements(series)
    if not paints or paints[0].tag not in _COLOURS:
        return
    for element in _in_parts(series, name):
        if element.get("val") == _colour(like):
            element.getparent().replace(element, copy.deepcopy(paints[0]))


def _row(colour: str) -> list[str]:
    """The colours that a series of this one may have instead: the theme's, or ours."""
    if colour.startswith("accent"):
        return [f"accent{number}" for number in range(1, ACCENTS + 1)]
    return [colour.lstrip("#") for colour in PALETTE]


def _elements(series: SeriesElement) -> list[Any]:
    """The colours of fill, line and marker."""
    properties = [series.part("spPr"), series.part("marker")]
    return [e for part in properties if part is not None for e in part.iter(*_COLOURS)]


def _in_parts(series: SeriesElement, name: str) -> list[Any]:
    return [e for part in series.xml.findall(qn(f"c:{name}")) for e in part.iter(*_COLOURS)]


def _colour(series: SeriesElement) -> str:
    found = _elements(series)
    return str(found[0].get("val")) if found else ""


def _paint(series: SeriesElement, before: str, after: str) -> None:
    for element in (*_elements(series), *_in_parts(series, "dLbls")):
        if element.get("val") == before:
            element.set("val", after)
