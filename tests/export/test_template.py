from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from retention.charts.picture import Picture, Series
from retention.errors import ArgumentError
from retention.export.deck import Deck
from retention.export.layout import choose_frame
from retention.export.template import open_template

RATES = Picture("bar", "rfm", "Rates", ("a", "b"), (Series("s", (0.1, 0.2)),))


def company(folder: Path) -> Path:
    """A 4:3 template with three sample slides in a section, notes and a custom show."""
    presentation = Presentation()
    for number in range(3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Old sample {number}"
        slide.notes_slide.notes_text_frame.text = "old notes"
    section = (
        f'<p:extLst {nsdecls("p")}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        '<p14:section name="A" id="{2A3E4D5F-0000-4000-8000-000000000001}"><p14:sldIdLst>'
        '<p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
    )
    presentation.part._element.append(parse_xml(section))
    path = folder / "company.pptx"
    presentation.save(path)
    return path


def turned(path: Path, main: bytes) -> Path:
    """The same file with another content type, as PowerPoint writes templates."""
    other = path.with_suffix(".potx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "[Content_Types].xml":
                content = content.replace(b"presentationml.presentation.main+xml", main)
            new.writestr(part.filename, content)
    return other


# examples


def test_sample_slides_are_gone_and_layouts_stay(tmp_path: Path) -> None:
    template = company(tmp_path)
    before = template.read_bytes()
    deck = Deck(template, title="Cover").add(RATES, title="New", takeaway="T")
    path = deck.save(tmp_path / "out.pptx")
    presentation = Presentation(path)
    assert [slide.shapes.title.text for slide in presentation.slides] == ["Cover", "New"]
    assert presentation.slides[1].slide_layout.name == "Title and Content"
    assert presentation.slide_width == Presentation(template).slide_width
    names = zipfile.ZipFile(path).namelist()
    assert max(Counter(names).values()) == 1
    assert sum(name.startswith("ppt/slides/slide") for name in names) == 2
    assert "sectionLst" not in presentation.part._element.xml
    assert template.read_bytes() == before


def test_a_potx_is_read(tmp_path: Path) -> None:
    potx = turned(company(tmp_path), b"presentationml.template.main+xml")
    assert len(open_template(potx).slides) == 0


def test_nonsense_boxes_are_computed(tmp_path: Path) -> None:
    presentation = Presentation()
    layout = presentation.slide_layouts[1]
    title, body = list(layout.placeholders)[:2]
    title.left, title.top, title.width, title.height = (Inches(n) for n in (0, 6, 1, 1))
    body.left, body.top, body.width, body.height = (Inches(n) for n in (0, 0, 1, 1))
    frame = choose_frame(presentation)
    assert frame.layout.name == "Title and Content"
    assert frame.title.bottom <= frame.body.top
    assert frame.body.height > presentation.slide_height / 2
    assert frame.body.bottom <= presentation.slide_height


def test_our_own_look_is_sixteen_to_nine_without_slides() -> None:
    presentation = open_template(None)
    assert presentation.slide_width * 9 == presentation.slide_height * 16
    fonts = {
        element.get("typeface")
        for rel in presentation.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
        for element in parse_xml(rel.target_part.blob).iter(qn("a:latin"))
    }
    assert fonts == {"Arial"}


# refusals


def test_what_is_no_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"there is no file"):
        Deck(tmp_path / "none.pptx")
    other = tmp_path / "notes.pptx"
    other.write_text("no zip")
    with pytest.raises(ArgumentError, match=r"'notes.pptx' cannot be read as a PowerPoint file"):
        Deck(other)
    macros = turned(company(tmp_path), b"presentation.macroEnabled.main+xml")
    with pytest.raises(ArgumentError, match=r"without macros"):
        Deck(macros)


def test_a_template_without_titles_is_refused(tmp_path: Path) -> None:
    presentation = Presentation()
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    presentation.save(tmp_path / "bare.pptx")
    with pytest.raises(ArgumentError, match=r"none of its 11 layouts has a title"):
        Deck(tmp_path / "bare.pptx")
