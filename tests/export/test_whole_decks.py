"""Every kind of slide on every kind of template, opened again."""

from __future__ import annotations

import io
import shutil
import subprocess
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib as mpl
import openpyxl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pptx import Presentation
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from retention.charts.picture import Highlight, Picture, Series
from retention.export.deck import Deck
from retention.export.stamp import read_stamp

mpl.use("Agg")
AGES = tuple(range(13))
FALLING = tuple(0.5 / (1 + age) for age in AGES)


def line() -> Picture:
    low, high = tuple(v * 0.9 for v in FALLING), tuple(v * 1.1 for v in FALLING)
    series = (
        Series("Tất cả", FALLING, "main", low, high),
        Series("2024-01", tuple(v * 0.7 for v in FALLING), "muted"),
        Series("2024-02", (*FALLING[:4], *(None,) * 9), "accent"),
    )
    marks = (Highlight(6, "half a year", "Tất cả"),)
    return Picture(
        "line", "pooled_retention", "Curves", AGES, series, "percent", highlights=marks,
        x_label="Months since the first purchase; below: customers",
        category_notes=tuple((age, f"{900 - age}") for age in AGES), footer="Of customers. " * 9,
    )  # fmt: skip


def bars() -> Picture:
    series = (Series("All", (0.4, 0.3, 0.9), "main", (0.3, 0.2, 0.85), (0.5, 0.4, 0.95)),)
    names = ("1st to 2nd purchase", "2nd to 3rd purchase", "3rd to 4th purchase")
    notes = tuple((name, "2,158 customers, median 41 days") for name in names)
    return Picture(
        "bar", "repurchase_ladder", "Ladder", names, series, "percent", category_notes=notes,
        is_horizontal=True, footer="Ladder.",
    )  # fmt: skip


def stack() -> Picture:
    months = tuple(f"2024-{month:02d}" for month in range(1, 13))
    layers = tuple(Series(name, tuple(float(m) for m in range(12))) for name in ("2022", "2023"))
    return Picture("stacked_bar", "cohort_value", "Cake", months, layers, "money", currency="VND")


def heat() -> Picture:
    rows = [Series(f"2024-{m:02d}", FALLING, customers=100 + m) for m in range(1, 13)]
    rows.append(Series("All", FALLING, "main", customers=1300))
    return Picture(
        "heatmap", "cohort_retention", "Cohorts", AGES, tuple(rows), "percent",
        x_label="Months", row_label="Cohort  Customers",
    )  # fmt: skip


def filled(template: Path | None) -> Deck:
    table = pd.DataFrame(
        {"channel": ["web", "store"], "orders": [3, 4], "note": ["một hai " * 9] * 2}
    )
    rate = pd.DataFrame({"lifecycle_rate": [0.63], "low": [0.6], "high": [0.66]})
    axes = Figure().subplots()
    axes.plot([1, 2])
    deck = Deck(template, title="Khách hàng " * 4, subtitle="Tháng 12", footer="ACME.")
    deck.add_section("Part one", subtitle="Who comes back")
    for picture in (line(), bars(), stack(), heat()):
        deck.add(picture).add(
            picture, title="Một câu dài về khách hàng " * 5, takeaway="Call.\nThen write."
        )
    deck.add_pair(line(), bars()).add_pair(bars(), table, title="Two", takeaway="Both.")
    deck.add_number(rate, column="lifecycle_rate", takeaway="Two in three.")
    return deck.add(table, title="Table").add(axes, title="Image", takeaway="Look.")


def plain(folder: Path) -> Path:
    """The library's own 4:3 template."""
    Presentation().save(folder / "plain.pptx")
    return folder / "plain.pptx"


def repeated(folder: Path) -> Path:
    """As LibreOffice exports: several placeholders of a layout share the number 0."""
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        for shape in layout.placeholders:
            shape._element.nvSpPr.nvPr.find(qn("p:ph")).set("idx", "0")
    presentation.save(folder / "repeated.pptx")
    return folder / "repeated.pptx"


def tiny(folder: Path) -> Path:
    """Wide, with a tiny title at the wrong place and nowhere to put a content."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.idx == 0:
                shape.left, shape.top, shape.width, shape.height = (
                    Inches(n) for n in (9, 7, 1, 0.2)
                )
            elif shape.placeholder_format.idx < 10:
                shape._element.getparent().remove(shape._element)
    level = presentation.slide_master._element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    level.find(qn("a:defRPr")).set("sz", "700")
    presentation.save(folder / "tiny.pptx")
    return folder / "tiny.pptx"


def ours(folder: Path) -> None:
    return None


TEMPLATES: list[Callable[[Path], Path | None]] = [ours, plain, repeated, tiny]
ODD = (repeated, tiny)


@pytest.fixture(scope="module", params=TEMPLATES, ids=lambda make: make.__name__)
def deck(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("decks")
    template = request.param(folder)
    with warnings.catch_warnings():
        if request.param in ODD:
            warnings.simplefilter("ignore")
        return filled(template).save(folder / "deck.pptx")


def boxes_of(slide: Any) -> dict[str, tuple[int, int, int, int]]:
    """Left, top, right and bottom of the shapes; of tables what their rows take."""
    found = {}
    for shape in slide.shapes:
        height = shape.height
        if getattr(shape, "has_table", False):
            height = max(height, sum(row.height for row in shape.table.rows))
        right, bottom = shape.left + shape.width, shape.top + height
        found[shape.name] = (shape.left, shape.top, right, bottom)
    return found


# laws


def test_no_shape_leaves_the_slide_or_covers_another(deck: Path) -> None:
    presentation = Presentation(deck)
    width, height = presentation.slide_width, presentation.slide_height
    for number, slide in enumerate(presentation.slides, start=1):
        boxes = boxes_of(slide)
        assert len(boxes) == len(slide.shapes)
        for name, (left, top, right, bottom) in boxes.items():
            assert 0 <= left < right <= width, (number, name)
            assert 0 <= top < bottom <= height, (number, name)
        for (one, a), (other, b) in combinations(boxes.items(), 2):
            is_apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert is_apart, (number, one, other)


def test_no_placeholder_is_empty_and_every_shape_is_ours(deck: Path) -> None:
    for slide in Presentation(deck).slides:
        for shape in slide.shapes:
            assert read_stamp(shape) is not None
        for place in slide.placeholders:
            assert place.text_frame.text.strip() or "slidenum" in place._element.xml


def test_no_part_is_there_twice_and_none_is_left_over(deck: Path) -> None:
    names = zipfile.ZipFile(deck).namelist()
    assert max(Counter(names).values()) == 1
    slides = [name for name in names if name.startswith("ppt/slides/slide")]
    assert len(slides) == len(Presentation(deck).slides)


def test_charts_show_the_numbers_of_their_sheets(deck: Path) -> None:
    count = 0
    for slide in Presentation(deck).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                count += 1
                blob = shape.chart.part.chart_workbook.xlsx_part.blob
                sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
                for place, series in enumerate(shape.chart.plots[0].series, start=2):
                    cells = [sheet.cell(row, place).value for row in range(2, sheet.max_row + 1)]
                    assert cells == pytest.approx(
                        list(series.values), nan_ok=True
                    ) or cells == list(series.values)
                    assert sheet.cell(1, place).value == series.name
    assert count == 9


def test_charts_show_the_numbers_of_their_pictures(deck: Path) -> None:
    given = {p.key: {s.name: s.values for s in p.series} for p in (line(), bars(), stack())}
    for slide in Presentation(deck).slides:
        for shape in slide.shapes:
            if shape.has_chart:
                key = read_stamp(shape).key  # type: ignore[union-attr]
                shown = {s.name: tuple(s.values) for s in shape.chart.plots[0].series}
                assert {name: shown[name] for name in given[key]} == given[key]


def test_texts_fit_their_boxes(deck: Path) -> None:
    """Counted anew with half the size as the width of a letter."""
    for slide in Presentation(deck).slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text and "number" not in shape.name:
                lines = 0.0
                for paragraph in shape.text_frame.paragraphs:
                    size = paragraph.runs[0].font.size.pt if paragraph.runs else 10
                    letters = (shape.width / 12700 - 14) / (size * 0.5)
                    lines += -(-max(len(paragraph.text), 1) // letters) * size * 1.2
                assert lines <= shape.height / 12700 * 1.12, (shape.name, shape.text_frame.text)


# examples


def test_the_theme_of_the_company_is_used(tmp_path: Path) -> None:
    (slide, *_) = Presentation(Deck(plain(tmp_path)).add(bars()).save(tmp_path / "d.pptx")).slides
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    fill = chart.plots[0].series[0].format.fill.fore_color
    assert fill.theme_color.name == "ACCENT_1"
    assert slide.slide_layout.name == "Title and Content"


def test_accents_that_cannot_be_told_apart_are_not_used(tmp_path: Path) -> None:
    path = plain(tmp_path)
    presentation = Presentation(path)
    relations = presentation.slide_master.part.rels.values()
    part = next(r.target_part for r in relations if r.reltype.endswith("/theme"))
    theme = parse_xml(part.blob)
    for number in range(1, 7):
        next(iter(theme.find(f".//{qn(f'a:accent{number}')}"))).set("val", "336699")
    part._blob = serialize_part_xml(theme)
    presentation.save(path)
    (slide,) = Presentation(Deck(path).add(bars()).save(tmp_path / "d.pptx")).slides
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert str(chart.plots[0].series[0].format.fill.fore_color.rgb) == "0072B2"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_template_that_libreoffice_exported(tmp_path: Path) -> None:
    presentation = Presentation(plain(tmp_path))
    presentation.slides.add_slide(presentation.slide_layouts[1])
    presentation.save(tmp_path / "plain.pptx")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    kind = "pptx:Impress MS PowerPoint 2007 XML"
    call = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "made")]
    subprocess.run([*call, str(tmp_path / "plain.pptx")], check=True, capture_output=True)
    with pytest.warns(UserWarning, match=r"placeholders share a number"):
        deck = filled(tmp_path / "made" / "plain.pptx").save(tmp_path / "deck.pptx")
    test_no_shape_leaves_the_slide_or_covers_another(deck)
    test_no_placeholder_is_empty_and_every_shape_is_ours(deck)
    test_no_part_is_there_twice_and_none_is_left_over(deck)


def test_odd_templates_are_set_right_with_a_warning(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match=r"placeholders share a number"):
        Deck(repeated(tmp_path))
    with pytest.warns(UserWarning, match=r"title's box .* no placeholder .* titles have 7 points"):
        Deck(tiny(tmp_path))
