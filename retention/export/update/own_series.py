"""Series that somebody added to a chart of ours, such as a target: kept, with their own numbers."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from retention.export.chart_space import ChartSpace
from retention.export.series_element import SeriesElement
from retention.files import neutralise

Own = tuple[int, SeriesElement]


def own_series(old: ChartSpace, known: Sequence[str]) -> list[Own]:
    """Copies of the series that are not of ours, each with the number of its plot.

    Parameters
    ----------
    old
        The chart as somebody left it.
    known
        Names of ours, as written and as they would be drawn today.

    Returns
    -------
    list of (int, SeriesElement)
        Those over categories; points of a scatter have no place among new days.
    """
    return [
        (number, SeriesElement(copy.deepcopy(child)))
        for number, plot in enumerate(old.plots)
        for child in plot.xml.findall(qn("c:ser"))
        if SeriesElement(child).name not in known and SeriesElement(child).part("val") is not None
    ]


def put_own_series(
    chart: ChartSpace, own: Sequence[Own], like: SeriesElement, workbook: bytes
) -> bytes:
    """Add the series to the refreshed chart, in place, and to its sheet.

    Parameters
    ----------
    chart
        The chart with its new numbers.
    own
        From `own_series`.
    like
        A series of ours, with the categories of today.
    workbook
        The sheet as it would be embedded today.

    Returns
    -------
    bytes
        The sheet with a column for each of the series.

    Notes
    -----
    The trap: numbers go with the name of their category; a new category has none.
    """
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book.active
    for number, series in own:
        values = _by_category(series)
        column = sheet.max_column + 1
        sheet.cell(1, column, neutralise(series.name))
        places = like.categories
        for place, category in places.items():
            sheet.cell(place + 2, column, values.get(category))
        _renumber(series, chart, like)
        letter = get_column_letter(column)
        _refer(series, f"{sheet.title}!${letter}$", values, places)
        chart.plots[number].xml.findall(qn("c:ser"))[-1].addnext(series.xml)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _by_category(series: SeriesElement) -> dict[str, float]:
    names = series.categories
    points = series.part("val").iter(qn("c:pt"))
    found = {int(point.get("idx")): float(point.find(qn("c:v")).text) for point in points}
    return {names[place]: value for place, value in found.items() if place in names}


def _renumber(series: SeriesElement, chart: ChartSpace, like: SeriesElement) -> None:
    """A number that no other series has, and the categories of today."""
    taken = [int(one.part("idx").get("val")) for one in chart.series.values()]
    for name in ("idx", "order"):
        series.part(name).set("val", str(max(taken) + 1))
    series.take("cat", like)


def _refer(
    series: SeriesElement, column: str, values: dict[str, float], places: dict[int, str]
) -> None:
    """Point the series at its new column; its name keeps the text that it has."""
    for title in series.part("tx").iter(qn("c:f")):
        title.text = f"{column}1"
    code = next((one.text for one in series.part("val").iter(qn("c:formatCode"))), "General")
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{values[name]!r}</c:v></c:pt>'
        for place, name in places.items()
        if name in values
    )
    last = len(places) + 1
    val: Any = parse_xml(
        f"<c:val {nsdecls('c')}><c:numRef><c:f>{column}2:{column}{last}</c:f><c:numCache>"
        f'<c:formatCode/><c:ptCount val="{len(places)}"/>{points}</c:numCache></c:numRef></c:val>'
    )
    next(val.iter(qn("c:formatCode"))).text = code
    series.drop("val")
    series.put(val)
