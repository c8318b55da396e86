from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn

from retention.charts.colours import PALE_BAR
from retention.charts.picture import Highlight, Picture, Series
from retention.charts.series_colours import series_colours
from retention.export.deck import Deck
from retention.export.label_places import Point, label_area
from retention.export.line_labels import place_labels
from retention.export.lines import lines_of
from retention.export.plot_area import plot_area
from retention.export.scale import value_scale
from retention.export.stamp import read_stamp
from retention.texts import language


def slide_of(picture: Picture, folder: Path) -> Any:
    deck = Deck().add(picture, title="A title")
    return Presentation(deck.save(folder / "deck.pptx")).slides[0]


def chart_of(picture: Picture, folder: Path) -> Any:
    shapes = slide_of(picture, folder).shapes
    return next(s for s in shapes if (m := read_stamp(s)) and m.part == "content").chart


def curves(*series: Series, ages: int = 13, highlights: tuple[Highlight, ...] = ()) -> Picture:
    return Picture(
        "line",
        "pooled_retention",
        "Curves",
        tuple(range(ages)),
        series,
        number_format="percent",
        x_label="Months",
        highlights=highlights,
    )


def falling(start: float, ages: int = 13) -> tuple[float, ...]:
    return tuple(start - 0.01 * age for age in range(ages))


def label_texts(chart: Any) -> list[str]:
    return [
        "".join(t.text for t in label.iter(qn("a:t")))
        for label in chart._chartSpace.iter(qn("c:dLbl"))
    ]


# examples


def test_lines_hold_the_numbers_and_their_embedded_sheet_too(tmp_path: Path) -> None:
    main, grey = Series("All", falling(0.5), role="main"), Series("Old", falling(0.2), role="muted")
    chart = chart_of(curves(main, grey), tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.LINE
    values = {series.name: tuple(series.values) for series in chart.plots[0].series}
    assert values == {"All": pytest.approx(main.values), "Old": pytest.approx(grey.values)}
    blob = chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(range(13))


def test_lines_far_apart_are_named_at_their_ends_and_there_is_no_legend(tmp_path: Path) -> None:
    chart = chart_of(
        curves(Series("Cửa hàng", falling(0.6)), Series("Web", falling(0.3))), tmp_path
    )
    assert not chart.has_legend
    assert sorted(label_texts(chart)) == ["Cửa hàng", "Web"]


def test_lines_that_meet_get_a_legend_and_no_names(tmp_path: Path) -> None:
    many = [Series(f"s{i}", tuple(0.3 + i * (12 - a) / 999 for a in range(13))) for i in range(8)]
    chart = chart_of(curves(*many), tmp_path)
    assert chart.has_legend
    assert label_texts(chart) == []


def test_the_first_line_of_a_scatter_has_a_place_for_each_point_of_the_longest(
    tmp_path: Path,
) -> None:
    """LibreOffice drew one line of forty where the first was shorter than the last."""
    pale = [
        Series(f"c{i}", (*falling(0.4, 50 - i), *[None] * i), role="muted") for i in range(1, 9)
    ]
    main = Series("All", falling(0.5, 50), role="main")
    chart = chart_of(curves(*pale, main, ages=50), tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    counts = {
        series.name: [int(one.get("val")) for one in series._element.iter(qn("c:ptCount"))][-2:]
        for series in chart.plots[0].series
    }
    assert counts["c1"] == counts["All"] == [50, 50]
    first = chart.plots[0].series[0]
    assert first.name == "c1"
    known = [value for value in first.values if value is not None]
    assert known == pytest.approx(pale[0].values[:-1])


def test_many_names_under_columns_lean_so_that_none_touches_another(tmp_path: Path) -> None:
    def axis(count: int) -> Any:
        names = tuple(f"20{year}-{month:02}" for year in range(16, 20) for month in range(1, 13))
        values = tuple(float(n) for n in range(count))
        layers = (Series("old", values), Series("new", values))
        picture = Picture("stacked_bar", "k", "Cake", names[:count], layers)
        return chart_of(picture, tmp_path).category_axis._element

    few, many = axis(6), axis(48)
    assert [one.get("rot") for one in few.iter(qn("a:bodyPr"))] in ([], [None])
    assert "-2700000" in [one.get("rot") for one in many.iter(qn("a:bodyPr"))]
    assert [one.get("val") for one in many.iter(qn("c:tickLblSkip"))] == ["2"]


@pytest.mark.parametrize("most", [1.0, 3.0, 7.0, 15.0, 130.0])
def test_counts_have_whole_numbers_along_their_axis(tmp_path: Path, most: float) -> None:
    bars = (Series("kept", (most, 1.0)), Series("aside", (0.0, 0.0)))
    picture = Picture("stacked_bar", "audit", "Lines", ("read", "used"), bars)
    axis = chart_of(picture, tmp_path).value_axis
    assert float(axis.major_unit).is_integer()
    assert axis.tick_labels.number_format == "#,##0"


def test_pale_lines_and_intervals_are_not_in_the_legend(tmp_path: Path) -> None:
    low, high = falling(0.45), falling(0.55)
    main = Series("All", falling(0.5), role="main", low=low, high=high)
    near = Series("New", falling(0.505), role="accent")
    pale = [Series(f"c{i}", falling(0.4 + i / 100), role="muted") for i in range(20)]
    chart = chart_of(curves(main, near, *pale), tmp_path)
    hidden = {
        int(entry.find(qn("c:idx")).get("val"))
        for entry in chart._chartSpace.iter(qn("c:legendEntry"))
    }
    names = [series.name for series in chart.plots[0].series]
    assert {name for i, name in enumerate(names) if i not in hidden} == {"All", "New"}
    assert names[-1] == "All"
    assert tuple(chart.plots[0].series[names.index("All, lower limit")].values) == pytest.approx(
        low
    )


def test_many_days_are_a_scale_with_round_ticks(tmp_path: Path) -> None:
    days = tuple(range(366))
    line = Series("Back", tuple(0.4 * day / 365 for day in days), role="main")
    picture = Picture("line", "repurchase_curve", "Curve", days, (line,), number_format="percent",
                      category_notes=((0, "900"), (365, "30")))  # fmt: skip
    chart = chart_of(picture, tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
    assert (chart.category_axis.maximum_scale, chart.category_axis.major_unit) == (365, 30)
    assert tuple(chart.plots[0].series[0].values) == pytest.approx(line.values)


def test_many_counts_are_a_scale_with_ticks_in_tens(tmp_path: Path) -> None:
    counts = tuple(range(0, 2621, 20))
    line = Series("Profit", tuple(5e6 + 1e4 * n for n in range(len(counts))), role="main")
    picture = Picture("line", "contact_economics", "Profit", counts, (line,), number_format="money",
                      currency="VND", y_label="Gain")  # fmt: skip
    chart = chart_of(picture, tmp_path)
    assert (chart.category_axis.maximum_scale, chart.category_axis.major_unit) == (2620, 500)


def test_names_along_a_line_of_which_some_are_left_out_stay_upright(tmp_path: Path) -> None:
    months = tuple(f"{2023 + n // 12}-{n % 12 + 1:02d}" for n in range(36))
    line = Series("Orders", tuple(float(n) for n in range(36)), role="main")
    axis = chart_of(Picture("line", "tracking", "Orders", months, (line,)), tmp_path).category_axis
    assert int(axis._element.find(qn("c:tickLblSkip")).get("val")) > 1
    assert axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).get("rot") == "1"


def test_a_mark_between_lines_is_named_all_the_same(tmp_path: Path) -> None:
    lines = [Series(f"s{i}", falling(0.1 + i / 40), role="plain") for i in range(16)]
    mark = Highlight(6, "not seen by the fit from here", "s8")
    assert "not seen by the fit from here" in label_texts(
        chart_of(curves(*lines, highlights=(mark,)), tmp_path)
    )


def test_marks_stand_at_their_point(tmp_path: Path) -> None:
    line = Series("All", falling(0.5), role="main")
    marks = (Highlight(6, "half a year", "All"), Highlight(99, "not there", "All"))
    chart = chart_of(curves(line, highlights=marks), tmp_path)
    (label,) = chart._chartSpace.iter(qn("c:dLbl"))
    assert label.find(qn("c:idx")).get("val") == "6"
    assert label_texts(chart) == ["half a year"]


def test_missing_values_are_gaps(tmp_path: Path) -> None:
    chart = chart_of(curves(Series("a", (0.1, None, 0.3, float("nan"))), ages=4), tmp_path)
    assert list(chart.plots[0].series[0].values) == [0.1, None, 0.3, None]


def test_bars_hold_numbers_colours_and_intervals(tmp_path: Path) -> None:
    rates = Series("Now", (0.4, 0.3), role="main", low=(0.35, 0.2), high=(0.45, 0.4))
    before = Series("Before", (0.5, 0.2), role="muted")
    picture = Picture(
        "bar", "lifecycle_rates", "Rates", ("a", "b"), (rates, before), number_format="percent"
    )
    chart = chart_of(picture, tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.COLUMN_CLUSTERED
    assert chart.has_legend
    for series, given, colour in zip(
        chart.plots[0].series, (rates, before), series_colours(picture), strict=True
    ):
        assert tuple(series.values) == given.values
        assert f"#{series.format.fill.fore_color.rgb}" == colour
    (bars,) = chart._chartSpace.iter(qn("c:errBars"))
    plus = [float(v.text) for v in bars.find(qn("c:plus")).iter(qn("c:v"))]
    assert plus == pytest.approx([0.05, 0.1])
    assert chart.plots[0].data_labels.number_format == "0.0%"


def test_bars_below_0_have_their_numbers_and_names_below_them(tmp_path: Path) -> None:
    gaps = Series("web", (-0.1, 0.2), low=(-0.2, -0.1), high=(0.0, 0.5), is_small=(True, False))
    picture = Picture("bar", "compare_groups", "Gap", ("30", "90"), (gaps,), number_format="points")
    chart = chart_of(picture, tmp_path)
    assert chart.plots[0].data_labels.number_format == '+0.0" pts";-0.0" pts";0" pts"'
    assert list(chart.plots[0].series[0].values) == [-10.0, 20.0]
    (bars,) = chart._chartSpace.iter(qn("c:errBars"))
    assert [float(v.text) for v in bars.find(qn("c:plus")).iter(qn("c:v"))] == [10.0, 30.0]
    assert chart.category_axis.tick_label_position == XL_TICK_LABEL_POSITION.LOW
    # A number below the lowest limit, and names below that.
    assert chart.value_axis.minimum_scale < -20
    pale, strong = (chart.plots[0].series[0].points[i].format.fill for i in (0, 1))
    assert f"#{pale.fore_color.rgb}" == PALE_BAR
    assert strong.type is None
    down, up = (float(y.get("val")) for y in chart._chartSpace.iter(qn("c:y")))
    assert down > 0 > up


def test_layers_are_stacked_columns_with_stripes_on_the_open_period(tmp_path: Path) -> None:
    months = tuple(f"2024-{month:02d}" for month in range(1, 13))
    layers = [
        Series(f"{year}", tuple(float(m) for m in range(12)), is_partial=(False,) * 11 + (True,))
        for year in (2022, 2023, 2024)
    ]
    chart = chart_of(
        Picture("stacked_bar", "cohort_value", "Cake", months, tuple(layers)), tmp_path
    )
    assert chart.chart_type == XL_CHART_TYPE.COLUMN_STACKED
    assert chart.plots[0].overlap == 100
    assert len(list(chart._chartSpace.iter(qn("a:pattFill")))) == 3
    assert chart.value_axis.maximum_scale >= 33


def test_marked_bars_keep_the_colour_of_their_series(tmp_path: Path) -> None:
    layers = tuple(Series(name, (1.0, 2.0)) for name in ("2023", "2024"))
    picture = Picture(
        "stacked_bar",
        "cohort_value",
        "Cake",
        ("a", "b"),
        layers,
        highlights=(Highlight("b", "Tết"),),
    )
    chart = chart_of(picture, tmp_path)
    for series, colour in zip(chart.plots[0].series, series_colours(picture), strict=True):
        assert f"#{series.points[1].format.fill.fore_color.rgb}" == colour


def test_long_names_make_bars_lie(tmp_path: Path) -> None:
    names = tuple(f"Một sản phẩm với một cái tên rất là dài số {i} trong bảng" for i in range(9))
    picture = Picture("bar", "rfm", "Products", names, (Series("s", (1.0,) * 9),))
    chart = chart_of(picture, tmp_path)
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert list(chart.plots[0].categories) == list(names)


def test_the_slide_says_what_dashes_and_grey_lines_are(tmp_path: Path) -> None:
    main = Series("All", falling(0.5), role="main", low=falling(0.4), high=falling(0.6))
    pale = [Series(f"c{i}", falling(0.3), role="muted") for i in range(3)]
    slide = slide_of(curves(main, *pale), tmp_path)
    words = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
    assert "3 grey lines: c0 to c2" in words
    assert "dashed: 95% interval" in words
    assert "All: 95% interval at 12: 28.0% to 48.0%" in slide.notes_slide.notes_text_frame.text


def test_notes_of_the_speaker_are_in_the_order_of_the_axis_and_name_what_is_marked(
    tmp_path: Path,
) -> None:
    line = curves(Series("All", falling(0.5)))
    line = replace(line, category_notes=((0, "900"), (6, "300"), (3, "500")))
    bars = Picture(
        "bar", "k", "Bars", ("a", "b", "c"), (Series("n", (1.0, 2.0, 3.0)),),
        highlights=(Highlight("a", "Tết"), Highlight("c", "Tết")), category_notes=(("b", "50%"),),
    )  # fmt: skip
    along, marked = (
        slide_of(picture, tmp_path).notes_slide.notes_text_frame.text.splitlines()
        for picture in (line, bars)
    )
    assert "Months: 0: 900; 3: 500; 6: 300" in along
    assert "Tết: a, c" in marked
    assert "b: 50%" in marked


def test_no_leader_leads_to_a_moved_number(tmp_path: Path) -> None:
    """LibreOffice draws one by itself, and "84.8%" reads as "-84.8%"."""
    bars = Series("Went on", (0.8,), "main", (0.7,), (0.9,))
    picture = Picture("bar", "repurchase_ladder", "L", ("1st to 2nd",), (bars,), "percent")
    chart = chart_of(picture, tmp_path)
    assert list(chart._chartSpace.iter(qn("c:manualLayout")))
    assert 'showLeaderLines val="0"' in chart._chartSpace.xml


def test_what_is_nothing_when_written_has_no_sign(tmp_path: Path) -> None:
    gaps = Series("mix", (-0.0004, 0.0003, -0.012, None))
    picture = Picture("bar", "k", "Mix", ("a", "b", "c", "d"), (gaps,), number_format="points")
    chart = chart_of(picture, tmp_path)
    assert list(chart.plots[0].series[0].values) == [0.0, 0.0, -1.2, None]
    losses = Series("loss", (-3e6, -4_000.0))
    money = Picture("bar", "k", "Loss", ("a", "b"), (losses,), "money", currency="VND")
    assert list(chart_of(money, tmp_path).plots[0].series[0].values) == [-3e6, 0.0]


def test_many_differences_have_their_points_at_the_axis(tmp_path: Path) -> None:
    """Their unit is longer than a percent sign, in Vietnamese most of all."""
    ages = tuple(map(str, range(1, 13)))
    picture = Picture("bar", "k", "Gap", ages, (Series("web", (-0.137,) * 12),), "points")
    assert chart_of(picture, tmp_path).plots[0].has_data_labels
    with language("vi"):
        chart = chart_of(replace(picture, language="vi"), tmp_path)
    assert not chart.plots[0].has_data_labels
    assert chart.value_axis.tick_labels.number_format == "+0.0;-0.0;0"


def test_words_at_marks_stand_clear_of_the_limits_beside_their_line(tmp_path: Path) -> None:
    days = tuple(range(0, 400, 10))
    rates = tuple(0.7 * day / (day + 60) for day in days)
    low, high = tuple(rate - 0.03 for rate in rates), tuple(rate + 0.03 for rate in rates)
    main = Series("Back", rates, "main", low, high)
    marks = tuple(Highlight(day, f"{day} days: 57.7%", "Back") for day in (90, 180))
    picture = Picture("line", "k", "Curve", days, (main,), "percent", highlights=marks)
    lines, scale = lines_of(picture), value_scale([*low, *high], is_share=True)
    area = plot_area((800, 330), left=50, right=24, lines_below=2, has_legend=False)
    placed = place_labels(picture, lines, area, scale).marks
    assert [mark.words for mark in placed] == ["90 days: 57.7%", "180 days: 57.7%"]
    for mark in placed:
        assert mark.side is not None
        point = Point(
            days[mark.place] / 390 * area.inner[0], area.height_of(rates[mark.place], scale)
        )
        words = label_area(point, mark.words, size=11, side=mark.side)
        for limit in (low, high):
            heights = np.interp(
                np.linspace(words.left, words.right, 50) / area.inner[0] * 390, days, limit
            )
            inside = [words.bottom < area.height_of(h, scale) < words.top for h in heights]
            assert not any(inside)
