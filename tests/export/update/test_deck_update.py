"""A deck is edited by hand as people do in PowerPoint, then updated a month on."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import matplotlib as mpl
import openpyxl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_LEGEND_POSITION
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from retention.charts.picture import Highlight, Picture, Series
from retention.errors import ArgumentError, ExportError
from retention.export.deck import Deck
from retention.export.stamp import read_stamp

mpl.use("Agg")
PINK = RGBColor(0xC2, 0x18, 0x5B)


def lines(**rates: float) -> Picture:
    """Curves that fall from the given rates, far enough apart to be named at their ends."""
    series = tuple(Series(n, tuple(r - 0.01 * a for a in range(6))) for n, r in rates.items())
    return Picture(
        "line", "pooled_retention", "Curves", tuple(range(6)), series, number_format="percent",
        x_label="Months", footer="Customers back. As of then.", call="pooled_retention(cells)",
    )  # fmt: skip


def bars(**rates: float) -> Picture:
    values = tuple(rates.values())
    limits = tuple(v - 0.05 for v in values), tuple(v + 0.05 for v in values)
    series = (Series("All", values, "main", *limits),)
    return Picture("bar", "lifecycle_rates", "Rates", tuple(rates), series, number_format="percent")


def heat(months: int, ages: int = 3) -> Picture:
    rows = [
        Series(f"2024-{m:02d}", tuple(0.5 - 0.01 * m - 0.1 * a for a in range(ages)), customers=m)
        for m in range(1, months + 1)
    ]
    return Picture(
        "heatmap", "cohort_retention", "Cohorts", tuple(range(ages)), tuple(rows),
        number_format="percent", row_label="Cohort  Customers", scale_max=0.5,
    )  # fmt: skip


def opened(path: Path) -> Any:
    return Presentation(path)


def part_of(slide: Any, part: str) -> Any:
    return next(s for s in slide.shapes if (m := read_stamp(s)) and m.part == part)


def chart_of(slide: Any) -> Any:
    return part_of(slide, "content").chart


def values_of(chart: Any) -> dict[str, tuple[float, ...]]:
    return {s.name: tuple(s.values) for plot in chart.plots for s in plot.series}


def colours_of(chart: Any) -> dict[str, str]:
    return {s.name: str(s.format.line.color.rgb) for s in chart.plots[0].series}


def titles_of(path: Path) -> list[str]:
    return [slide.shapes.title.text if slide.shapes.title else "" for slide in opened(path).slides]


def edited(path: Path, edit: Any) -> None:
    presentation = opened(path)
    edit(presentation)
    presentation.save(path)


def move_last_first(presentation: Any) -> None:
    listed = presentation.slides._sldIdLst
    listed.insert(0, listed[-1])


# examples


def test_new_numbers_come_into_the_same_chart_and_its_sheet(tmp_path: Path) -> None:
    path = Deck().add(lines(web=0.5, store=0.3), title="May").save(tmp_path / "deck.pptx")
    report = Deck().add(lines(web=0.6, store=0.4), title="June").update(path)
    (slide,) = opened(path).slides
    chart = chart_of(slide)
    assert values_of(chart)["web"] == pytest.approx([0.6, 0.59, 0.58, 0.57, 0.56, 0.55])
    assert slide.shapes.title.text == "June"
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [cell.value for cell in sheet[2]] == pytest.approx([0, 0.6, 0.4])
    assert report.to_dict("records") == [
        {"slide": 1, "title": "June", "action": "updated", "remark": ""}
    ]


def test_all_edits_stay_with_the_right_series(tmp_path: Path) -> None:
    """The whole of it: colours, a title, a slide of somebody's own, another order, notes."""
    deck = Deck(title="Report").add(lines(web=0.6, store=0.3), title="May", notes="Hello.")
    path = deck.add(bars(one=0.4, two=0.3), title="Rates in May").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        slides = list(presentation.slides)
        series = {s.name: s for s in chart_of(slides[1]).plots[0].series}
        series["store"].format.line.color.rgb = PINK
        series["store"].format.line.width = Pt(6)
        slides[1].notes_slide.notes_text_frame.add_paragraph().text = "Ask the board."
        slides[2].shapes.title.text = "What I say about rates"
        own = presentation.slides.add_slide(presentation.slide_layouts[2])
        own.shapes.title.text = "Mine"
        own.shapes.add_textbox(0, 0, Inches(1), Inches(1)).text_frame.text = "my words"
        move_last_first(presentation)

    edited(path, edit)
    new = Deck(title="Report").add(lines(app=0.8, store=0.4, web=0.6), title="June", notes="Hi.")
    report = new.add(bars(one=0.5, two=0.2), title="Rates in June").update(path)
    assert titles_of(path) == ["Mine", "Report", "June", "What I say about rates"]
    own, _, curves, rates = opened(path).slides
    assert [shape.text_frame.text for shape in own.shapes] == ["Mine", "my words"]
    chart = chart_of(curves)
    assert list(values_of(chart)) == ["app", "store", "web"]
    assert values_of(chart)["store"][0] == pytest.approx(0.4)
    series = {s.name: s for s in chart.plots[0].series}
    assert series["store"].format.line.color.rgb == PINK
    assert series["store"].format.line.width == Pt(6)
    assert len(set(colours_of(chart).values())) == 3
    notes = curves.notes_slide.notes_text_frame.text
    assert notes.startswith("Hi.")
    assert notes.endswith("Ask the board.")
    assert values_of(chart_of(rates))["All"] == (0.5, 0.2)
    assert list(report["action"]) == ["not ours", "updated", "updated", "updated"]
    assert list(report["remark"]) == ["", "", "", "your title was kept"]


def test_a_colour_that_nobody_touched_stays_with_its_name_too(tmp_path: Path) -> None:
    path = Deck().add(lines(store=0.6, web=0.3), title="May").save(tmp_path / "deck.pptx")
    before = colours_of(chart_of(opened(path).slides[0]))
    Deck().add(lines(app=0.8, store=0.6, web=0.3), title="June").update(path)
    after = colours_of(chart_of(opened(path).slides[0]))
    assert {name: after[name] for name in before} == before
    assert after["app"] not in before.values()
    labels = chart_of(opened(path).slides[0])._chartSpace.iter(qn("c:dLbl"))
    named = {"".join(t.text for t in one.iter(qn("a:t"))): one for one in labels}
    for name, label in named.items():
        assert next(label.iter(qn("a:srgbClr"))).get("val") == after[name]


def test_a_cohort_that_is_no_longer_the_last_takes_the_colour_of_the_others(tmp_path: Path) -> None:
    def month(*names: str) -> Picture:
        values = (0.5, 0.4, 0.3)
        roles = ["muted"] * (len(names) - 1) + ["accent"]
        series = tuple(Series(n, values, role) for n, role in zip(names, roles, strict=True))
        return Picture("line", "pooled_retention", "Curves", (0, 1, 2), series)

    path = Deck().add(month("April", "May"), title="A").save(tmp_path / "deck.pptx")
    before = colours_of(chart_of(opened(path).slides[0]))
    Deck().add(month("April", "May", "June"), title="A").update(path)
    after = colours_of(chart_of(opened(path).slides[0]))
    assert after == {"April": before["April"], "May": before["April"], "June": before["May"]}


def test_edits_of_points_go_with_their_category(tmp_path: Path) -> None:
    path = Deck().add(bars(one=0.4, two=0.3), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        series = chart_of(presentation.slides[0]).plots[0].series[0]
        fill = series.points[1].format.fill
        fill.solid()
        fill.fore_color.rgb = PINK

    edited(path, edit)
    Deck().add(bars(zero=0.9, one=0.4, two=0.3), title="A").update(path)
    series = chart_of(opened(path).slides[0]).plots[0].series[0]
    points = {int(p.find(qn("c:idx")).get("val")): p for p in series._element.iter(qn("c:dPt"))}
    assert list(points) == [2]
    assert next(points[2].iter(qn("a:srgbClr"))).get("val") == str(PINK)
    assert len(list(series._element.iter(qn("c:errBars")))) == 1


def test_axes_legend_and_labels_that_somebody_changed_stay(tmp_path: Path) -> None:
    path = Deck().add(lines(web=0.5, store=0.3), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        chart = chart_of(presentation.slides[0])
        chart.value_axis.maximum_scale = 1.0
        chart.has_legend = True
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        labels = chart.plots[0].series[0].data_labels
        labels.show_value = True
        labels.number_format, labels.number_format_is_linked = "0.00", False

    edited(path, edit)
    Deck().add(lines(web=0.7, store=0.2), title="A").update(path)
    chart = chart_of(opened(path).slides[0])
    assert chart.value_axis.maximum_scale == 1.0
    assert chart.legend.position == XL_LEGEND_POSITION.BOTTOM
    assert chart.plots[0].series[0].data_labels.number_format == "0.00"
    assert [label.find(qn("c:idx")).get("val") for label in chart._chartSpace.iter(qn("c:dLbl"))]


def test_an_axis_that_nobody_changed_follows_the_numbers(tmp_path: Path) -> None:
    path = Deck().add(bars(one=0.1, two=0.05), title="A").save(tmp_path / "deck.pptx")
    before = chart_of(opened(path).slides[0]).value_axis.maximum_scale
    Deck().add(bars(one=0.9, two=0.8), title="A").update(path)
    assert before < 0.3
    assert chart_of(opened(path).slides[0]).value_axis.maximum_scale > 0.9


def test_labels_of_ours_are_made_anew(tmp_path: Path) -> None:
    def month(words: str, place: int) -> Picture:
        series = (Series("All", (0.5, 0.4, 0.3, 0.2), "main"),)
        marks = (Highlight(place, words, "All"),)
        return Picture("line", "pooled_retention", "C", (0, 1, 2, 3), series, highlights=marks)

    path = Deck().add(month("in May", 1), title="A").save(tmp_path / "deck.pptx")
    Deck().add(month("in June", 2), title="A").update(path)
    (label,) = chart_of(opened(path).slides[0])._chartSpace.iter(qn("c:dLbl"))
    assert label.find(qn("c:idx")).get("val") == "2"
    assert [t.text for t in label.iter(qn("a:t"))] == ["in June"]


def test_a_series_that_somebody_removed_stays_out(tmp_path: Path) -> None:
    deck = Deck().add(lines(web=0.6, store=0.4, app=0.2), title="A")
    path = deck.save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        plot = chart_of(presentation.slides[0]).plots[0]
        plot._element.remove(plot.series[1]._element)

    edited(path, edit)
    for _ in range(2):  # and in the month after
        report = Deck().add(lines(web=0.7, store=0.5, app=0.3), title="A").update(path)
        assert list(values_of(chart_of(opened(path).slides[0]))) == ["web", "app"]
        assert report["remark"][0] == "removed by hand, stays out: store"
    assert values_of(chart_of(opened(path).slides[0]))["app"][0] == pytest.approx(0.3)


def test_a_target_that_somebody_added_stays_with_its_months(tmp_path: Path) -> None:
    def month(*names: str) -> Picture:
        layers = (Series("Web", tuple(float(len(n)) for n in names)),)
        return Picture("stacked_bar", "cohort_value", "Cake", names, layers)

    path = Deck().add(month("2024-01", "2024-02"), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        """As PowerPoint does where a column is added to the sheet."""
        chart = chart_of(presentation.slides[0])
        data = CategoryChartData()
        data.categories = ["2024-01", "2024-02"]
        data.add_series("Web", [7.0, 7.0])
        data.add_series("Target", [5.0, 6.0])
        chart.replace_data(data)

    edited(path, edit)
    for _ in range(2):
        report = Deck().add(month("2024-02", "2024-03"), title="A").update(path)
        chart = chart_of(opened(path).slides[0])
        assert values_of(chart) == {"Web": (7.0, 7.0), "Target": (6.0, None)}
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        assert [cell.value for cell in sheet["C"]] == ["Target", 6, None]
        assert report["remark"][0] == "yours, with the numbers they had: Target"


def test_another_kind_of_chart_chosen_by_hand_stays(tmp_path: Path) -> None:
    path = Deck().add(bars(one=0.4, two=0.3), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        space = chart_of(presentation.slides[0])._chartSpace
        next(space.iter(qn("c:barDir"))).set("val", "bar")

    edited(path, edit)
    Deck().add(bars(one=0.5, two=0.2), title="A").update(path)
    chart = chart_of(opened(path).slides[0])
    assert next(chart._chartSpace.iter(qn("c:barDir"))).get("val") == "bar"
    assert values_of(chart)["All"] == (0.5, 0.2)


def test_days_that_become_a_scale_are_drawn_as_one(tmp_path: Path) -> None:
    def curve(days: int) -> Picture:
        values = tuple(0.4 * day / days for day in range(days))
        series = (Series("Back", values, "main"),)
        return Picture("line", "repurchase_curve", "C", tuple(range(days)), series)

    path = Deck().add(curve(30), title="A").save(tmp_path / "deck.pptx")
    report = Deck().add(curve(200), title="A").update(path)
    assert len(values_of(chart_of(opened(path).slides[0]))["Back"]) == 200
    assert report["remark"][0] == "the kind of chart is another one now"


def test_a_heatmap_keeps_formats_by_row_and_column(tmp_path: Path) -> None:
    path = Deck().add(heat(3), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        table = part_of(presentation.slides[0], "content").table
        cell = table.cell(2, 2)
        cell.fill.solid()
        cell.fill.fore_color.rgb = PINK
        table.cell(3, 0).text_frame.paragraphs[0].runs[0].font.bold = True
        table.columns[0].width = Inches(2)

    edited(path, edit)
    before = part_of(opened(path).slides[0], "content").table
    new = heat(4)
    shifted = Picture(**{**vars(new), "series": new.series[1:]})
    Deck().add(shifted, title="A").update(path)
    table = part_of(opened(path).slides[0], "content").table
    rows = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert [row[0] for row in rows] == ["Cohort", "2024-02", "2024-03", "2024-04"]
    assert rows[3] == ["2024-04", "4", "46%", "36%", "26%"]
    assert table.cell(1, 2).fill.fore_color.rgb == PINK
    assert table.cell(2, 2).fill.fore_color.rgb == before.cell(3, 2).fill.fore_color.rgb
    assert table.cell(2, 0).text_frame.paragraphs[0].runs[0].font.bold
    assert not table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.bold
    assert table.columns[0].width == Inches(2)


def test_a_bold_number_keeps_no_old_colour(tmp_path: Path) -> None:
    """Only what was edited stays: the colour of a cell means its number."""

    def month(rate: float) -> Picture:
        rows = (Series("2024-01", (rate, 0.5)), Series("2024-02", (0.5, 0.5)))
        return Picture("heatmap", "cohort_retention", "C", (0, 1), rows, "percent", scale_max=0.5)

    path = Deck().add(month(0.01), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        table = part_of(presentation.slides[0], "content").table
        table.cell(1, 1).text_frame.paragraphs[0].runs[0].font.bold = True

    edited(path, edit)
    Deck().add(month(0.5), title="A").update(path)
    table = part_of(opened(path).slides[0], "content").table
    run = table.cell(1, 1).text_frame.paragraphs[0].runs[0]
    assert (run.text, run.font.bold) == ("50%", True)
    assert table.cell(1, 1).fill.fore_color.rgb == table.cell(2, 1).fill.fore_color.rgb
    other = table.cell(2, 1).text_frame.paragraphs[0].runs[0]
    assert run.font.color.rgb == other.font.color.rgb


def test_our_paragraphs_are_found_between_those_of_the_speaker(tmp_path: Path) -> None:
    path = Deck().add(lines(web=0.5, store=0.3), title="A", notes="Old.").save(tmp_path / "d.pptx")

    def edit(presentation: Any) -> None:
        frame = presentation.slides[0].notes_slide.notes_text_frame
        frame.text = f"Before.\n{frame.text}\nAfter."

    edited(path, edit)
    Deck().add(lines(web=0.5, store=0.3), title="A", notes="New.\nAnd more.").update(path)
    notes = opened(path).slides[0].notes_slide.notes_text_frame.text
    assert notes.startswith("Before.\nNew.\nAnd more.\n")
    assert notes.endswith("\nAfter.")
    assert "Old." not in notes


def test_notes_edited_within_stay_and_are_reported(tmp_path: Path) -> None:
    path = Deck().add(lines(web=0.5, store=0.3), title="A", notes="Old.").save(tmp_path / "d.pptx")

    def edit(presentation: Any) -> None:
        frame = presentation.slides[0].notes_slide.notes_text_frame
        frame.text = frame.text.replace("Old.", "Mine.")

    edited(path, edit)
    report = Deck().add(lines(web=0.6, store=0.3), title="A", notes="New.").update(path)
    assert opened(path).slides[0].notes_slide.notes_text_frame.text.startswith("Mine.")
    assert report["remark"][0] == "your notes were kept"


def test_shapes_in_a_group_are_found(tmp_path: Path) -> None:
    path = Deck().add(bars(a=0.4, b=0.3), title="A", takeaway="May").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        shapes = presentation.slides[0].shapes
        group = shapes.add_group_shape()
        for part in ("content", "takeaway"):
            group._element.append(part_of(presentation.slides[0], part)._element)

    edited(path, edit)
    Deck().add(bars(a=0.9, b=0.3), title="A", takeaway="June").update(path)
    (group,) = (s for s in opened(path).slides[0].shapes if hasattr(s, "shapes"))
    chart, words = group.shapes
    assert values_of(chart.chart)["All"] == (0.9, 0.3)
    assert words.text_frame.text == "June"


def test_more_rows_make_more_slides_behind_the_last_one(tmp_path: Path) -> None:
    deck = Deck().add(heat(12), title="Cohorts").add(bars(one=0.4, two=0.3), title="Rates")
    path = deck.save(tmp_path / "deck.pptx")
    report = (
        Deck().add(heat(14), title="Cohorts").add(bars(one=1, two=1), title="Rates").update(path)
    )
    assert titles_of(path) == ["Cohorts (1/2)", "Cohorts (2/2)", "Rates"]
    assert list(report["action"]) == ["updated", "added", "updated"]


def test_an_image_is_replaced_in_its_place(tmp_path: Path) -> None:
    def drawn(height: float) -> Any:
        axes = Figure().subplots()
        axes.plot([1, height])
        axes.set_title("Orders a day")
        return axes

    path = Deck().add(drawn(2), title="A").save(tmp_path / "deck.pptx")
    shape = part_of(opened(path).slides[0], "content")
    Deck().add(drawn(9), title="A").update(path)
    after = part_of(opened(path).slides[0], "content")
    assert after.image.sha1 != shape.image.sha1
    assert (after.left, after.width) == (shape.left, shape.width)
    names = zipfile.ZipFile(path).namelist()
    assert sum(name.startswith("ppt/media") for name in names) == 1


def test_words_keep_the_letters_that_somebody_gave_them(tmp_path: Path) -> None:
    path = Deck().add(bars(a=0.4, b=0.3), title="May", takeaway="Call").save(tmp_path / "d.pptx")

    def edit(presentation: Any) -> None:
        for part in ("title", "takeaway"):
            run = part_of(presentation.slides[0], part).text_frame.paragraphs[0].runs[0]
            run.font.color.rgb, run.font.size = PINK, Pt(13)

    edited(path, edit)
    Deck().add(bars(a=0.5, b=0.3), title="June", takeaway="Write\nor call").update(path)
    (slide,) = opened(path).slides
    for part, words in (("title", "June"), ("takeaway", "Write\nor call")):
        frame = part_of(slide, part).text_frame
        assert frame.text == words
        for paragraph in frame.paragraphs:
            assert (paragraph.runs[0].font.color.rgb, paragraph.runs[0].font.size) == (PINK, Pt(13))


def test_a_moved_chart_is_refreshed_where_it_is(tmp_path: Path) -> None:
    path = Deck().add(lines(web=0.5, store=0.3), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        shape = part_of(presentation.slides[0], "content")
        shape.left, shape.top, shape.width, shape.height = (Inches(n) for n in (2, 2, 5, 3))

    edited(path, edit)
    Deck().add(lines(web=0.7, store=0.3), title="A").update(path)
    shape = part_of(opened(path).slides[0], "content")
    assert (shape.left, shape.top, shape.width, shape.height) == tuple(
        Inches(n) for n in (2, 2, 5, 3)
    )
    assert values_of(shape.chart)["web"][0] == pytest.approx(0.7)


def test_what_is_gone_stays_and_is_reported_and_what_is_new_comes_last(tmp_path: Path) -> None:
    deck = Deck().add(lines(web=0.5, store=0.3), title="Curves in May")
    path = deck.add(bars(a=0.4, b=0.3), title="Rates in May").save(tmp_path / "deck.pptx")
    new = Deck().add(bars(a=0.5, b=0.4), title="Rates in June").add(heat(3), title="Cohorts")
    report = new.update(path)
    assert titles_of(path) == ["Curves in May", "Rates in June", "Cohorts"]
    assert list(report["action"]) == ["not in the new numbers", "updated", "added"]
    assert values_of(chart_of(opened(path).slides[0]))["web"][0] == 0.5


def test_a_slide_that_somebody_took_out_does_not_come_back(tmp_path: Path) -> None:
    deck = Deck().add(lines(web=0.5, store=0.3), title="Curves").add(bars(a=1, b=1), title="Rates")
    path = deck.save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        listed = presentation.slides._sldIdLst
        presentation.part.drop_rel(listed[0].rId)
        listed.remove(listed[0])

    edited(path, edit)
    new = Deck().add(lines(web=0.6, store=0.3), title="Curves").add(bars(a=1, b=1), title="Rates")
    report = new.add(heat(3), title="Cohorts").update(path)
    assert titles_of(path) == ["Rates", "Cohorts"]
    assert list(report["action"]) == ["updated", "added", "removed by hand: left out"]
    assert report["slide"].isna().tolist() == [False, False, True]


def test_contents_of_one_kind_are_told_apart_by_name(tmp_path: Path) -> None:
    deck = Deck().add(lines(a=0.5, b=0.3), title="Web", name="web")
    path = deck.add(lines(a=0.2, b=0.1), title="Store", name="store").save(tmp_path / "deck.pptx")
    Deck().add(lines(a=0.9, b=0.3), title="Store", name="store").update(path)
    web, store = opened(path).slides
    assert values_of(chart_of(web))["a"][0] == 0.5
    assert values_of(chart_of(store))["a"][0] == 0.9


def test_contents_that_cannot_be_told_apart_are_never_mixed_up(tmp_path: Path) -> None:
    deck = Deck().add(lines(a=0.5, b=0.3), title="Web").add(lines(a=0.2, b=0.1), title="Store")
    path = deck.save(tmp_path / "deck.pptx")
    report = Deck().add(lines(a=0.9, b=0.3), title="Store").update(path)
    assert [values_of(chart_of(s))["a"][0] for s in opened(path).slides] == [0.5, 0.2, 0.9]
    assert list(report["action"]) == ["not in the new numbers"] * 2 + ["added"]


def test_a_table_is_refreshed(tmp_path: Path) -> None:
    def table(*orders: int) -> pd.DataFrame:
        return pd.DataFrame({"channel": ["web", "store", "app"][: len(orders)], "orders": orders})

    path = Deck().add(table(1, 2), title="A").save(tmp_path / "deck.pptx")
    Deck().add(table(3, 4, 5), title="A").update(path)
    shape = part_of(opened(path).slides[0], "content")
    rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
    assert rows == [["Channel", "Orders"], ["web", "3"], ["store", "4"], ["app", "5"]]
    assert shape.height == sum(row.height for row in shape.table.rows)


def test_another_file_is_written_and_the_old_one_stays(tmp_path: Path) -> None:
    path = Deck().add(bars(a=0.4, b=0.3), title="May").save(tmp_path / "may.pptx")
    before = path.read_bytes()
    Deck().add(bars(a=0.5, b=0.3), title="June").update(path, to=tmp_path / "june.pptx")
    assert path.read_bytes() == before
    assert titles_of(tmp_path / "june.pptx") == ["June"]


# laws


def test_updating_with_the_same_numbers_changes_nothing(tmp_path: Path) -> None:
    def deck() -> Deck:
        made = Deck(title="T", subtitle="S").add(lines(web=0.5, store=0.3), title="A", takeaway="B")
        made.add(bars(a=0.4, b=0.3), title="C", notes="N").add(heat(14), title="D")
        made.add_section("Part", subtitle="Two").add_pair(lines(web=0.4), bars(a=0.2, b=0.1))
        rate = pd.DataFrame({"lifecycle_rate": [0.63], "low": [0.6], "high": [0.66]})
        return made.add_number(rate, column="lifecycle_rate")

    path = deck().save(tmp_path / "deck.pptx")
    before = {n: zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist()}
    for _ in range(2):
        report = deck().update(path)
        assert set(report["action"]) == {"updated"}
        assert set(report["remark"]) == {""}
    names = zipfile.ZipFile(path).namelist()
    assert max(Counter(names).values()) == 1
    assert sorted(names) == sorted(before)
    for name in names:
        if name.startswith(("ppt/slides/slide", "ppt/charts/chart")):
            assert zipfile.ZipFile(path).read(name) == before[name], name


def saved_by_powerpoint(presentation: Any) -> None:
    """What PowerPoint adds of itself when it saves a file that nobody edited."""
    for slide in presentation.slides:
        for run in slide._element.iter(qn("a:rPr")):
            run.set("lang", "vi-VN")
            run.set("dirty", "0")
        for shape in slide.shapes:
            for line in shape.chart._chartSpace.iter(qn("a:ln")) if shape.has_chart else ():
                line.set("cap", "rnd")
                line.append(line.makeelement(qn("a:round"), {}))
                line.getparent().append(line.makeelement(qn("a:effectLst"), {}))
            for axis in shape.chart._chartSpace.iter(qn("c:catAx")) if shape.has_chart else ():
                if axis.find(qn("c:numFmt")) is None:
                    code = {"formatCode": "General", "sourceLinked": "1"}
                    axis.find(qn("c:axPos")).addnext(axis.makeelement(qn("c:numFmt"), code))


def test_what_powerpoint_adds_of_itself_is_no_edit(tmp_path: Path) -> None:
    def month(*names: str, top: float = 0.5) -> Picture:
        roles = ["muted"] * (len(names) - 1) + ["accent"]
        values = (top, 0.4, 0.3)
        series = tuple(Series(n, values, role) for n, role in zip(names, roles, strict=True))
        return Picture("line", "pooled_retention", "Curves", (0, 1, 2), series)

    deck = Deck().add(month("April", "May"), title="A", takeaway="B").add(heat(3), title="C")
    path = deck.save(tmp_path / "deck.pptx")
    edited(path, saved_by_powerpoint)
    new = Deck().add(month("April", "May", "June", top=3.0), title="D", takeaway="E")
    report = new.add(heat(4), title="F").update(path)
    fresh = opened(new.save(tmp_path / "new.pptx")).slides
    assert set(report["remark"]) == {""}
    slides = opened(path).slides
    assert colours_of(chart_of(slides[0])) == colours_of(chart_of(fresh[0]))
    axes = [chart_of(deck[0]).value_axis.maximum_scale for deck in (slides, fresh)]
    assert axes[0] == axes[1] > 1
    tables = [part_of(deck[1], "content").table for deck in (slides, fresh)]
    fills = [[str(t.cell(r, 2).fill.fore_color.rgb) for r in range(1, 5)] for t in tables]
    assert fills[0] == fills[1]


def test_a_deck_on_a_company_template_is_updated_in_its_look(tmp_path: Path) -> None:
    Presentation().save(tmp_path / "company.pptx")
    deck = Deck(tmp_path / "company.pptx").add(lines(web=0.5, store=0.3), title="A")
    path = deck.save(tmp_path / "deck.pptx")
    Deck().add(lines(app=0.9, web=0.6, store=0.3), title="B").update(path)
    presentation = opened(path)
    assert presentation.slide_width * 3 == presentation.slide_height * 4
    series = chart_of(presentation.slides[0]).plots[0].series
    accents = [s.format.line.color.theme_color.name for s in series]
    assert len(set(accents)) == 3
    assert all(name.startswith("ACCENT") for name in accents)


def test_edits_stay_for_many_months(tmp_path: Path) -> None:
    path = Deck().add(lines(web=0.5, store=0.3), title="A").save(tmp_path / "deck.pptx")

    def edit(presentation: Any) -> None:
        chart_of(presentation.slides[0]).plots[0].series[1].format.line.color.rgb = PINK
        presentation.slides[0].shapes.title.text = "Mine"

    edited(path, edit)
    for month in range(1, 4):
        names = {f"new{month}": 0.9, "store": 0.3 + month / 100, "web": 0.6}
        Deck().add(lines(**names), title=f"Month {month}").update(path)
        (slide,) = opened(path).slides
        assert colours_of(chart_of(slide))["store"] == str(PINK)
        assert values_of(chart_of(slide))["store"][0] == pytest.approx(names["store"])
        assert slide.shapes.title.text == "Mine"


# refusals


def test_a_deck_of_somebody_else_is_refused(tmp_path: Path) -> None:
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0])
    presentation.save(tmp_path / "other.pptx")
    before = (tmp_path / "other.pptx").read_bytes()
    deck = Deck().add(bars(a=0.4, b=0.3), title="A")
    with pytest.raises(ArgumentError, match=r"nothing on the 1 slides of 'other.pptx' was made by"):
        deck.update(tmp_path / "other.pptx")
    with pytest.raises(ArgumentError, match=r"path: there is no file"):
        deck.update(tmp_path / "none.pptx")
    marked = presentation.slides[0].shapes.title._element._nvXxPr.cNvPr
    for words in ("[retention] {no", '[retention] {"key": "rfm", "page": "x"}', "[retention] []"):
        marked.set("descr", words)
        presentation.save(tmp_path / "odd.pptx")
        with pytest.raises(ArgumentError, match=r"was made by this package"):
            deck.update(tmp_path / "odd.pptx")
    presentation.slides[0].shapes.title.name = "retention:rfm:title"
    presentation.save(tmp_path / "lost.pptx")
    with pytest.raises(ArgumentError, match=r"lost the alternative texts .* LibreOffice drops"):
        deck.update(tmp_path / "lost.pptx")
    (tmp_path / "text.pptx").write_text("no zip")
    with pytest.raises(ArgumentError, match=r"path: 'text.pptx' cannot be read as a PowerPoint"):
        deck.update(tmp_path / "text.pptx")
    with pytest.raises(ArgumentError, match=r"ends in \.pptx"):
        deck.update(tmp_path / "other.pdf")
    with pytest.raises(ArgumentError, match=r"0 contents"):
        Deck().update(tmp_path / "other.pptx")
    assert (tmp_path / "other.pptx").read_bytes() == before


def test_a_deck_open_in_powerpoint_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Deck().add(bars(a=0.4, b=0.3), title="A").save(tmp_path / "deck.pptx")
    before = path.read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match=r"probably open in PowerPoint or Excel"):
        Deck().add(bars(a=0.5, b=0.3), title="B").update(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["deck.pptx"]


def test_a_name_given_twice_is_refused() -> None:
    deck = Deck().add(bars(a=0.4, b=0.3), title="A", name="rates")
    with pytest.raises(ArgumentError, match=r"name: 'rates' was given before"):
        deck.add(bars(a=0.5, b=0.3), title="B", name="rates")
    assert len(deck) == 1
