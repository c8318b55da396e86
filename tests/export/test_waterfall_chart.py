"""Waterfalls of PowerPoint's own bars: what is seen of them, and what holds them up."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn

from retention.charts.picture import Picture, Series
from retention.charts.waterfall import steps_of
from retention.export.deck import Deck
from retention.export.stamp import read_stamp
from retention.export.waterfall_stack import layers_of
from retention.export.workbook import write_workbook

NAMES = ("Start", "Up", "Down", "Across", "Deeper", "Back", "End")
VALUES = (10.0, 5.0, -8.0, -20.0, -4.0, 25.0, 8.0)


def steps(values: tuple[float, ...] = VALUES, **words: Any) -> Picture:
    totals = (True, *(False,) * (len(values) - 2), True)
    series = Series("Rate", values, "main", is_total=totals)
    names = NAMES if len(values) == len(NAMES) else tuple(map(str, range(len(values))))
    return Picture("waterfall", "k", "Steps", names, (series,), **words)


def shape_in(path: Path) -> Any:
    shapes = Presentation(path).slides[0].shapes
    return next(s for s in shapes if (m := read_stamp(s)) and m.part == "content")


def chart_of(picture: Picture, folder: Path) -> Any:
    return shape_in(Deck().add(picture, title="A title").save(folder / "deck.pptx")).chart


def values_of(chart: Any) -> dict[str, list[float | None]]:
    return {series.name: list(series.values) for series in chart.plots[0].series}


def labels_of(chart: Any) -> dict[str, list[str]]:
    """Codes of the numbers of each series, or the words where these are given."""
    found = {}
    for series in chart.plots[0].series:
        labels = list(series._element.iter(qn("c:dLbl")))
        codes = [code.get("formatCode") for label in labels for code in label.iter(qn("c:numFmt"))]
        words = [t.text for label in labels for t in label.iter(qn("a:t"))]
        found[series.name] = [*codes, *words]
    return found


# examples
def test_steps_rest_on_a_base_that_is_not_drawn(tmp_path: Path) -> None:
    chart = chart_of(steps(), tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.COLUMN_STACKED
    assert values_of(chart) == {
        "Base": [None, 10, 7, None, -13, None, None],
        "Total": [10, None, None, None, None, None, 8],
        "Increase": [None, 5, None, None, None, 8, None],
        "Increase, below zero": [None, None, None, None, None, -17, None],
        "Decrease": [None, None, 8, 7, -4, None, None],
        "Decrease, below zero": [None, None, None, -13, None, None, None],
    }
    base, *drawn = chart.plots[0].series
    assert base.format.fill.type == MSO_FILL.BACKGROUND
    assert all(series.format.fill.type == MSO_FILL.SOLID for series in drawn)
    assert not chart.has_legend


def test_numbers_have_their_signs_whatever_side_of_zero_they_are_on(tmp_path: Path) -> None:
    found = labels_of(chart_of(steps(), tmp_path))
    assert found["Base"] == []
    assert found["Total"] == ["#,##0", "#,##0"]
    assert found["Increase"] == ["+#,##0;+#,##0;0", "+25"]
    assert found["Decrease"] == ["-#,##0;-#,##0;0", "-#,##0;-#,##0;0", "-20"]
    assert found["Decrease, below zero"] == []
    rates = steps((0.4, -0.1, 0.3), number_format="percent")
    chart = chart_of(rates, tmp_path)
    assert labels_of(chart)["Decrease"] == ['-0.0" pts";-0.0" pts";0" pts"']
    assert labels_of(chart)["Total"] == ['0.0"%"', '0.0"%"']
    # No code writes a share as points, so the numbers themselves are points.
    assert values_of(chart)["Total"] == [40, None, 30]
    assert values_of(chart)["Decrease"] == [None, 10, None]
    assert chart.value_axis.maximum_scale > 40
    money = steps((4e6, -1e6, 3e6), number_format="money", currency="VND")
    assert labels_of(chart_of(money, tmp_path))["Decrease"][0].startswith('-#,##0.0#,," m";-')


def test_its_sheet_holds_its_numbers(tmp_path: Path) -> None:
    chart = chart_of(steps(), tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    rows = list(sheet.iter_rows(values_only=True))
    for series, column in zip(chart.plots[0].series, range(1, 9), strict=False):
        assert [row[column] for row in rows] == [series.name, *series.values]


def test_long_names_make_steps_lie(tmp_path: Path) -> None:
    names = tuple(
        f"Own rate: một kênh bán hàng với một cái tên rất là dài số {i} trong bảng"
        for i in range(7)
    )
    chart = chart_of(replace(steps(), categories=names), tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.BAR_STACKED
    assert chart.category_axis.reverse_order


def test_next_months_numbers_keep_what_somebody_changed(tmp_path: Path) -> None:
    path = Deck().add(steps((10.0, 5.0, -8.0, 7.0)), name="a").save(tmp_path / "deck.pptx")
    presentation = Presentation(path)
    shape = next(s for s in presentation.slides[0].shapes if s.has_chart)
    mark = shape.chart.plots[0].series[2].format.fill
    mark.fore_color.rgb = mark.fore_color.rgb.from_string("123456")
    presentation.save(path)
    # Up becomes down, and a step crosses zero.
    Deck().add(steps((10.0, -5.0, -8.0, -3.0)), name="a").update(path)
    chart = shape_in(path).chart
    assert values_of(chart) == {
        "Base": [None, 5, None, None],
        "Total": [10, None, None, -3],
        "Increase": [None, None, None, None],
        "Decrease": [None, 5, 5, None],
        "Decrease, below zero": [None, None, -3, None],
    }
    by_name = {series.name: series for series in chart.plots[0].series}
    assert str(by_name["Increase"].format.fill.fore_color.rgb) == "123456"
    assert by_name["Base"].format.fill.type == MSO_FILL.BACKGROUND
    assert labels_of(chart)["Decrease"] == ["-#,##0;-#,##0;0", "-8"]
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet[1]][1:] == list(by_name)


def test_a_workbook_holds_steps_and_layers(tmp_path: Path) -> None:
    path = write_workbook(
        {"a": pd.DataFrame({"age": [0, 1]})}, tmp_path / "report.xlsx", charts={"steps": steps()}
    )
    sheet = openpyxl.load_workbook(path)["steps"]
    assert [row[1] for row in sheet.iter_rows(values_only=True, min_row=2, max_row=8)] == [*VALUES]
    (chart,) = sheet._charts
    assert (chart.grouping, chart.overlap, len(chart.series)) == ("stacked", 100, 6)
    assert chart.series[0].graphicalProperties.noFill


# laws
@given(st.lists(st.integers(-9, 9), min_size=3, max_size=7))
def test_layers_of_one_side_reach_from_zero_to_the_ends_of_the_step(values: list[int]) -> None:
    picture = steps(tuple(map(float, values)))
    layers = layers_of(picture)
    for place, step in enumerate(steps_of(picture)):
        stack = [layer.series.values[place] or 0.0 for layer in layers]
        base = stack[0]
        up, down = sum(v for v in stack if v > 0), sum(v for v in stack if v < 0)
        assert up == max(step.high, 0.0)
        assert down == min(step.low, 0.0)
        assert base in (0.0, step.low, step.high)
