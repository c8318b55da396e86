from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.dml import MSO_FILL

from retention.charts.colours import PAPER, heat_colour
from retention.charts.contrast import ENOUGH, contrast
from retention.charts.picture import Picture, Series
from retention.export.deck import Deck
from retention.export.stamp import read_stamp


def heatmap(rows: int, ages: int, *, has_total: bool = True) -> Picture:
    series = [
        Series(
            f"c{row:02d}",
            tuple(1.0 if age == 0 else 0.4 - 0.01 * age for age in range(ages)),
            customers=1000 + row,
            is_partial=(False,) * (ages - 1) + (True,),
        )
        for row in range(rows)
    ]
    if has_total:
        series.append(Series("All", (0.3,) * ages, role="main", customers=rows * 1000))
    return Picture(
        "heatmap",
        "cohort_retention",
        "Cohorts",
        tuple(range(ages)),
        tuple(series),
        number_format="percent",
        x_label="Months",
        row_label="Cohort   Customers",
        scale_max=0.4,
        uncoloured=(0,),
    )


def tables_of(picture: Picture, folder: Path) -> list[Any]:
    slides = Presentation(Deck().add(picture, title="A").save(folder / "deck.pptx")).slides
    return [
        next(s for s in slide.shapes if (m := read_stamp(s)) and m.part == "content").table
        for slide in slides
    ]


def words(table: Any) -> list[list[str]]:
    return [[cell.text_frame.text for cell in row.cells] for row in table.rows]


# examples


def test_cells_have_their_numbers_and_colours(tmp_path: Path) -> None:
    (table,) = tables_of(heatmap(2, 3), tmp_path)
    assert words(table) == [
        ["Cohort", "Customers", "0", "1", "2"],
        ["c00", "1,000", "100%", "39%", "38%"],
        ["c01", "1,001", "100%", "39%", "38%"],
        ["All", "2,000", "30%", "30%", "30%"],
    ]
    assert f"#{table.cell(1, 3).fill.fore_color.rgb}" == heat_colour(0.39 / 0.4)
    assert table.cell(1, 4).fill.type == MSO_FILL.PATTERNED
    assert table.cell(1, 3).fill.type == MSO_FILL.SOLID


def test_forty_cohorts_go_over_slides_and_the_total_is_on_each(tmp_path: Path) -> None:
    tables = tables_of(heatmap(40, 37), tmp_path)
    assert [len(table.rows) - 1 for table in tables] == [11, 11, 11, 11]
    assert {len(table.columns) for table in tables} == {15}
    names = [row[0] for table in tables for row in words(table)[1:]]
    assert [name for name in names if name != "All"] == [f"c{row:02d}" for row in range(40)]
    assert names.count("All") == 4


def test_what_is_left_out_is_said_on_each_slide(tmp_path: Path) -> None:
    deck = Deck().add(heatmap(40, 37), title="Cohorts")
    slides = Presentation(deck.save(tmp_path / "deck.pptx")).slides
    assert [slide.shapes.title.text for slide in slides][-1] == "Cohorts (4/4)"
    for slide in slides:
        text = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert "40 rows on several slides" in text
        assert "Months 13 to 36 left out" in text


@pytest.mark.parametrize("takeaway", ["", "Something to say"])
def test_the_table_ends_above_the_footer(tmp_path: Path, takeaway: str) -> None:
    picture = heatmap(12, 13)
    deck = Deck().add(picture, title="A", takeaway=takeaway, footer="Footer")
    slide = Presentation(deck.save(tmp_path / "deck.pptx")).slides[0]
    shapes = {m.part: s for s in slide.shapes if (m := read_stamp(s))}
    assert len(shapes["content"].table.rows) == 14
    bottom = shapes["content"].top + sum(row.height for row in shapes["content"].table.rows)
    assert bottom <= shapes["footer"].top


def test_the_slide_says_what_the_columns_count(tmp_path: Path) -> None:
    slide = Presentation(Deck().add(heatmap(2, 3), title="A").save(tmp_path / "deck.pptx")).slides[
        0
    ]
    caption = next(s for s in slide.shapes if (m := read_stamp(s)) and m.part == "caption")
    assert "Columns: Months" in caption.text_frame.text


def test_numbers_of_few_customers_are_grey_on_faded_cells_and_all_can_be_read(
    tmp_path: Path,
) -> None:
    shares = tuple(step / 12 for step in range(13))
    rows = (Series("many", shares), Series("few", shares, is_small=(True,) * 13))
    picture = Picture("heatmap", "k", "Cohorts", tuple(range(13)), rows, "percent", scale_max=1.0)
    (table,) = tables_of(picture, tmp_path)
    many, few = ([_colours(cell) for cell in list(row.cells)[1:]] for row in list(table.rows)[1:])
    assert all(contrast(fill, ink) >= ENOUGH for fill, ink in (*many, *few))
    assert all(contrast(fill, PAPER) < 2.2 and ink != PAPER for fill, ink in few)
    assert many[-1] == (heat_colour(1.0), PAPER)


def test_numbers_of_a_period_that_is_not_over_can_be_read_on_its_stripes(tmp_path: Path) -> None:
    shares = tuple(step / 12 for step in range(13))
    rows = (
        Series("many", shares, is_partial=(True,) * 13),
        Series("few", shares, is_partial=(True,) * 13, is_small=(True,) * 13),
    )
    picture = Picture("heatmap", "k", "Cohorts", tuple(range(13)), rows, "percent", scale_max=1.0)
    (table,) = tables_of(picture, tmp_path)
    for row in list(table.rows)[1:]:
        for cell in list(row.cells)[1:]:
            fill, run = cell.fill, cell.text_frame.paragraphs[0].runs[0]
            for colour in (fill.fore_color.rgb, fill.back_color.rgb):
                assert contrast(f"#{colour}", f"#{run.font.color.rgb}") >= ENOUGH
            assert fill.fore_color.rgb != fill.back_color.rgb


def _colours(cell: Any) -> tuple[str, str]:
    run = cell.text_frame.paragraphs[0].runs[0]
    return f"#{cell.fill.fore_color.rgb}", f"#{run.font.color.rgb}"


def test_few_rows_have_larger_letters_than_many(tmp_path: Path) -> None:
    few, many = (tables_of(heatmap(rows, 5), tmp_path)[0] for rows in (2, 12))
    sizes = [t.cell(1, 3).text_frame.paragraphs[0].runs[0].font.size.pt for t in (few, many)]
    assert sizes[0] >= 14 > sizes[1] >= 9
    assert few.rows[0].height > many.rows[0].height
