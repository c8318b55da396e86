from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.figure import Figure
from pptx import Presentation

from retention import texts
from retention.charts.picture import Picture, Series
from retention.charts.style import use_style
from retention.errors import ArgumentError, ExportError
from retention.export.deck import Deck
from retention.export.stamp import read_stamp

mpl.use("Agg")

RATES = Picture(
    "bar",
    "lifecycle_rates",
    "Repeat rate by year",
    ("2023", "2024"),
    (Series("All", (0.4, 0.3), role="main"),),
    number_format="percent",
    footer="Repeat rate: customers with two purchase days. 4,310 customers. As of 2024-12-31.",
    as_of="2024-12-31",
    call="lifecycle_rates(orders, loyal_orders=3)",
    alt_text="Two bars: 40 % and 30 %.",
)


def opened(deck: Deck, folder: Path) -> Any:
    return Presentation(deck.save(folder / "deck.pptx"))


def shape_of(slide: Any, part: str) -> Any:
    found = [s for s in slide.shapes if (stamp := read_stamp(s)) and stamp.part == part]
    assert len(found) == 1, part
    return found[0]


def content_of(slide: Any) -> Any:
    return shape_of(slide, "content")


# examples


def test_a_slide_has_its_words_its_chart_and_its_notes(tmp_path: Path) -> None:
    deck = Deck().add(RATES, title="Fewer come back", takeaway="Call them.", notes="Say hello.")
    presentation = opened(deck, tmp_path)
    assert presentation.slide_width * 9 == presentation.slide_height * 16
    (slide,) = presentation.slides
    assert slide.shapes.title.text == "Fewer come back"
    assert shape_of(slide, "takeaway").text_frame.text == "Call them."
    assert shape_of(slide, "caption").text_frame.text == "Repeat rate by year"
    assert shape_of(slide, "footer").text_frame.text == RATES.footer
    assert 'type="slidenum"' in shape_of(slide, "number")._element.xml
    chart = content_of(slide).chart
    assert list(chart.plots[0].categories) == ["2023", "2024"]
    assert list(chart.plots[0].series[0].values) == [0.4, 0.3]
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.startswith("Say hello.")
    assert RATES.footer in notes
    assert RATES.call in notes


def test_every_shape_of_ours_is_stamped(tmp_path: Path) -> None:
    (slide,) = opened(Deck().add(RATES, title="A", takeaway="B"), tmp_path).slides
    for shape in slide.shapes:
        stamp = read_stamp(shape)
        assert stamp is not None
        assert (stamp.key, stamp.call, stamp.as_of) == (RATES.key, RATES.call, RATES.as_of)
        assert shape.name.startswith("retention:lifecycle_rates")
    descr = content_of(slide)._element._nvXxPr.cNvPr.get("descr")
    assert descr.startswith("Two bars: 40 % and 30 %.")


def test_a_cover_comes_first_and_calls_can_be_chained(tmp_path: Path) -> None:
    deck = Deck(title="Tháng 12", subtitle="Cửa hàng").add(RATES, title="A").add(RATES, title="B")
    assert len(deck) == 3
    assert repr(deck) == "Deck(3 slides)"
    slides = opened(deck, tmp_path).slides
    assert [shape.text_frame.text for shape in slides[0].shapes] == ["Tháng 12", "Cửa hàng"]
    assert [slide.shapes.title.text for slide in slides] == ["Tháng 12", "A", "B"]


def test_axes_become_an_image_with_words(tmp_path: Path) -> None:
    axes = Figure().subplots()
    axes.plot([1, 2])
    axes.set_title("Orders a day")
    (slide,) = opened(Deck().add(axes, title="Orders"), tmp_path).slides
    shape = content_of(slide)
    assert shape.image.content_type == "image/png"
    assert shape.width / shape.height == pytest.approx(640 / 480, rel=0.01)
    assert shape._element._nvXxPr.cNvPr.get("descr").startswith("Orders a day")


@pytest.mark.parametrize("length", [20, 120, 420])
def test_titles_fit_their_box(tmp_path: Path, length: int) -> None:
    title = ("Một phần ba khách hàng quay lại trong tháng đầu tiên, " * 9)[:length]
    (slide,) = opened(Deck().add(RATES, title=title), tmp_path).slides
    shape = slide.shapes.title
    assert shape.text_frame.text == title
    size = shape.text_frame.paragraphs[0].font.size.pt
    letters = shape.width / 12700 / (size * 0.5)
    assert -(-length // letters) * size * 1.2 <= shape.height / 12700


def test_boxes_do_not_overlap_and_stay_on_the_slide(tmp_path: Path) -> None:
    presentation = opened(Deck().add(RATES, title="A", takeaway="B\nC"), tmp_path)
    (slide,) = presentation.slides
    parts = ["title", "caption", "content", "takeaway", "footer", "number"]
    boxes = [shape_of(slide, part) for part in parts]
    for i, one in enumerate(boxes):
        assert one.left >= 0
        assert one.left + one.width <= presentation.slide_width
        assert one.top + one.height <= presentation.slide_height
        for other in boxes[i + 1 :]:
            beside = one.left + one.width <= other.left or other.left + other.width <= one.left
            above = one.top + one.height <= other.top or other.top + other.height <= one.top
            assert beside or above, (one.name, other.name)


def test_a_long_footer_is_shortened_with_a_mark_and_whole_in_the_notes(tmp_path: Path) -> None:
    footer = "A definition in many words. " * 80
    (slide,) = opened(Deck().add(RATES, title="A", footer=footer), tmp_path).slides
    assert shape_of(slide, "footer").text_frame.text.endswith("(whole in the notes)")
    assert footer.strip() in slide.notes_slide.notes_text_frame.text


def test_control_characters_do_not_break_the_file(tmp_path: Path) -> None:
    series = Series("=cmd|' /C calc'\x00", (1.0, None))
    picture = Picture("bar", "rfm", "T\x0b", ("\x01=1", "b"), (series,), alt_text="\x02")
    (slide,) = opened(Deck().add(picture, title="A\x03", takeaway="\x04B"), tmp_path).slides
    plot = content_of(slide).chart.plots[0]
    assert list(plot.categories) == ["'=1", "b"]
    assert plot.series[0].name == "'=cmd|' /C calc'"


def test_no_part_is_written_twice(tmp_path: Path) -> None:
    deck = Deck(title="A").add(RATES, title="A").add(pd.DataFrame({"a": [1]}), title="B")
    names = zipfile.ZipFile(deck.save(tmp_path / "deck.pptx")).namelist()
    assert max(Counter(names).values()) == 1


def test_without_a_title_the_slide_says_what_the_chart_shows(tmp_path: Path) -> None:
    (slide,) = opened(Deck().add(RATES), tmp_path).slides
    assert slide.shapes.title.text == (
        "Repeat rate by year: down to 30.0% in 2024, from 40.0% in 2023"
    )


def test_two_charts_stand_side_by_side_with_what_both_say(tmp_path: Path) -> None:
    other = Picture("bar", "rfm", "Other", ("a",), (Series("s", (1.0,)),), footer="Of orders.")
    (slide,) = opened(Deck().add_pair(RATES, other, takeaway="A\nB"), tmp_path).slides
    left, right, words = (shape_of(slide, p) for p in ("content", "content 2", "takeaway"))
    assert left.left + left.width < right.left
    assert words.top >= left.top + left.height
    assert list(right.chart.plots[0].categories) == ["a"]
    assert shape_of(slide, "caption 2").text_frame.text == "Other"
    assert shape_of(slide, "footer").text_frame.text == f"{RATES.footer} Of orders."


def test_a_number_stands_large_with_its_interval(tmp_path: Path) -> None:
    table = pd.DataFrame({"lifecycle_rate": [0.634], "low": [0.611], "high": [0.657]})
    table.attrs = {"definition": "lifecycle_rates", "as_of": "2024-12-31", "call": "call()"}
    (slide,) = opened(Deck().add_number(table, column="lifecycle_rate"), tmp_path).slides
    shape = content_of(slide)
    assert shape.text_frame.text == "63.4%"
    assert shape.text_frame.paragraphs[0].runs[0].font.size.pt >= 80
    assert shape_of(slide, "caption").text_frame.text == "Lifecycle rate\n95%: 61.1% to 65.7%"
    assert slide.shapes.title.text == "Lifecycle rate: 63.4% (95%: 61.1% to 65.7%)"
    assert "call()" in slide.notes_slide.notes_text_frame.text


def test_a_section_has_its_own_slide(tmp_path: Path) -> None:
    deck = Deck().add_section("Part one", subtitle="Who").add(RATES)
    section, _ = opened(deck, tmp_path).slides
    assert [shape.text_frame.text for shape in section.shapes] == ["Part one", "Who"]


def test_the_footer_of_the_house_stands_first_on_every_slide(tmp_path: Path) -> None:
    (slide,) = opened(Deck(footer="ACME.").add(RATES), tmp_path).slides
    assert shape_of(slide, "footer").text_frame.text == f"ACME. {RATES.footer}"


def test_the_footer_of_the_house_does_not_run_into_the_next_sentence(tmp_path: Path) -> None:
    (slide,) = opened(Deck(footer="Nội bộ – Shop").add(RATES), tmp_path).slides
    assert shape_of(slide, "footer").text_frame.text == f"Nội bộ – Shop · {RATES.footer}"


def test_a_deck_speaks_its_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"First {shown} of {all} rows": "{shown} / {all} hàng"}
    monkeypatch.setitem(texts._CATALOGUES, "xx", words)
    deck = Deck(language="xx").add(pd.DataFrame({"a": range(40)}), title="A")
    (slide,) = opened(deck, tmp_path).slides
    assert shape_of(slide, "caption").text_frame.text == "12 / 40 hàng"


# refusals


def test_a_language_or_number_that_is_none_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"language: 'tlh' is not one of 'en'"):
        Deck(language="tlh")
    table = pd.DataFrame({"orders": [1, 2]})
    with pytest.raises(ArgumentError, match=r"table: 2 rows, 2 of them with a value"):
        Deck().add_number(table, column="orders")
    with pytest.raises(ArgumentError, match=r"column: 'none' is not one of the 1 columns"):
        Deck().add_number(table, column="none")
    rows = tuple(Series(f"r{i}", (0.5,)) for i in range(40))
    heat = Picture("heatmap", "cohort_retention", "T", (0,), rows)
    with pytest.raises(ArgumentError, match=r"contents: 1 of 2 .* more than one slide"):
        Deck().add_pair(heat, RATES)


def test_other_contents_are_refused_and_no_slide_is_added() -> None:
    deck = Deck()
    with pytest.raises(ArgumentError, match=r"a str cannot go on a slide. Pass a Picture"):
        deck.add("text", title="A")
    with pytest.raises(ArgumentError, match=r"title: empty"):
        deck.add(pd.DataFrame({"a": [1]}), title=" ")
    with pytest.raises(ArgumentError, match=r"title: empty. Say what the section"):
        deck.add_section(" ")
    with pytest.raises(ArgumentError, match=r"title: 2,000 characters .* do not fit"):
        deck.add(RATES, title="word " * 400)
    with pytest.raises(ArgumentError, match=r"takeaway: 4,000 characters .* notes="):
        deck.add(RATES, title="A", takeaway="fact " * 800)
    with pytest.raises(ArgumentError, match=r"no value in 1 series"):
        deck.add(Picture("bar", "rfm", "T", ("a",), (Series("s", (None,)),)), title="A")
    with pytest.raises(ArgumentError, match=r"1 of 1 series .* have not 2 values"):
        deck.add(Picture("line", "rfm", "T", ("a", "b"), (Series("s", (1.0,)),)), title="A")
    with pytest.raises(ArgumentError, match=r"table without columns"):
        deck.add(pd.DataFrame(), title="A")
    assert len(deck) == 0


def test_an_empty_deck_and_another_suffix(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"0 contents to save"):
        Deck(title="A").save(tmp_path / "deck.pptx")
    with pytest.raises(ArgumentError, match=r"ends in \.pptx"):
        Deck().add(RATES, title="A").save(tmp_path / "deck.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_deck_open_in_powerpoint_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "deck.pptx"
    target.write_bytes(b"old")

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match=r"probably open in PowerPoint or Excel. Close it"):
        Deck().add(RATES, title="A").save(target)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["deck.pptx"]


def test_a_picture_in_another_language_than_the_deck_is_refused() -> None:
    bars = (Series("all", (0.4,)),)
    with use_style(language="vi"):
        picture = Picture("bar", "key", "Tỷ lệ mua lại", ("2024",), bars)
    match = r"was described in 'vi', the deck speaks 'en'.*Deck\(language='vi'\)"
    with pytest.raises(ArgumentError, match=match):
        Deck().add(picture, title="Rates")
    assert len(Deck(language="vi").add(picture, title="Tỷ lệ")) == 1
