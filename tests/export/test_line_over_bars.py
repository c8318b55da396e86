"""A line over native bars: same axes, same sheet, and it opens again."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
from pptx import Presentation
from pptx.oxml.ns import qn

from retention.charts.picture import Picture, Series
from retention.export.deck import Deck
from retention.export.stamp import read_stamp

MONTHS = ("2024-01", "2024-02", "2024-03")
BARS = (
    Series("New", (5.0, 6.0, 7.0), "main"),
    Series("Churned", (-3.0, -8.0, -2.0), "accent"),
    Series("Net", (2.0, -2.0, None), "muted", is_line=True),
)
PICTURE = Picture("stacked_bar", "growth_accounting", "Growth", MONTHS, BARS)


def chart_of(picture: Picture, folder: Path) -> Any:
    path = Deck().add(picture, title="A title").save(folder / "deck.pptx")
    shapes = Presentation(path).slides[0].shapes
    return next(s for s in shapes if (m := read_stamp(s)) and m.part == "content").chart


def test_bars_and_line_share_axes_and_sheet(tmp_path: Path) -> None:
    chart = chart_of(PICTURE, tmp_path)
    bars, line = chart.plots
    assert [series.name for series in bars.series] == ["New", "Churned"]
    assert [series.name for series in line.series] == ["Net"]
    assert list(line.series[0].values) == [2.0, -2.0, None]
    area = chart._chartSpace.chart.plotArea
    of_bars, of_line = (
        [axis.get("val") for axis in area.find(qn(name)).findall(qn("c:axId"))]
        for name in ("c:barChart", "c:lineChart")
    )
    assert of_bars == of_line
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet["D"]] == ["Net", 2, -2, None]


def test_the_axis_holds_sums_of_bars_and_not_of_the_line(tmp_path: Path) -> None:
    axis = chart_of(PICTURE, tmp_path).value_axis
    assert axis.maximum_scale < 12
    assert axis.minimum_scale <= -8


def test_parts_of_a_line_stand_in_the_order_of_the_format(tmp_path: Path) -> None:
    """PowerPoint repairs, or refuses, a chart whose parts are in another order."""
    area = chart_of(PICTURE, tmp_path)._chartSpace.chart.plotArea
    series = area.find(qn("c:lineChart")).find(qn("c:ser"))
    names = [part.tag.split("}")[1] for part in series]
    order = ["idx", "order", "tx", "spPr", "marker", "cat", "val", "smooth"]
    assert names == order
    chart = [part.tag.split("}")[1] for part in area.find(qn("c:lineChart"))]
    assert chart == ["grouping", "varyColors", "ser", "marker", "axId", "axId"]


def test_without_a_line_bars_stay_as_they_are(tmp_path: Path) -> None:
    plain = Picture("stacked_bar", "growth_accounting", "Growth", MONTHS, BARS[:2])
    assert len(chart_of(plain, tmp_path).plots) == 1


def test_negative_money_on_the_axis_keeps_its_sign(tmp_path: Path) -> None:
    money = tuple(
        Series(
            s.name,
            tuple(None if v is None else v * 1e7 for v in s.values),
            s.role,
            is_line=s.is_line,
        )
        for s in BARS
    )
    picture = Picture("stacked_bar", "growth_accounting", "G", MONTHS, money, number_format="money")
    code = chart_of(picture, tmp_path).value_axis.tick_labels.number_format
    assert "[<0]-" in code
