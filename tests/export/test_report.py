from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from pptx import Presentation

from retention.errors import ArgumentError, ExportError, OrdersError
from retention.export import report
from retention.export.report import MONTHLY, REPORT, Report, write_report
from retention.export.settings_file import write_settings
from retention.export.workshop import deliver, workshop
from retention.orders.chosen import read_chosen
from retention.orders.read import read_orders
from retention.orders.sample_files import sample_folder

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

# What a browser would fetch when the page is opened; a link that somebody clicks is none of it.
FETCHED = re.compile(
    r"<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)\s*=\s*[\"']?(?:https?:)?//"
    r"|url\(\s*[\"']?(?:https?:)?//|@import|import\(\s*[\"']https?:",
    re.IGNORECASE,
)
# A link that somebody clicks, to another file.
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#:]+)"')
# Nothing is known of touches, so the way to the first order is a card.
NO_CHART = {"03_lifecycle": 1}
ID = re.compile(rb"KH\d{6}")
OPTIONS: dict[str, Any] = {
    "timezone": "Asia/Ho_Chi_Minh",
    "currency": "VND",
    "columns": {"customer_id": 'Mã "khách" hàng', "category": "Loại = hàng"},
    "attributes": ["Tỉnh/Thành"],
}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def slice_of_the_sample(path: Path, below: str = "000300", prefix: str = "") -> Path:
    """The first people's orders, under headers that make settings and notebooks work."""
    lines = pd.read_csv(sample_folder() / "orders.csv", dtype="str", keep_default_na=False)
    lines = lines[lines["customer_id"] < below]
    lines["customer_id"] = prefix + lines["customer_id"]
    headers = {
        "customer_id": 'Mã "khách" hàng',
        "category": "Loại = hàng",
        "province": "Tỉnh/Thành",
    }
    lines.rename(columns=headers).to_csv(path, index=False)
    return path


def inside(path: Path) -> Iterator[tuple[str, bytes]]:
    """The file, or what is packed in it."""
    if path.suffix in (".xlsx", ".pptx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                # A chart carries its numbers in a workbook of its own.
                yield from inside_bytes(name, content)
    else:
        yield path.name, path.read_bytes()


def inside_bytes(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from ((f"{name}/{one}", archive.read(one)) for one in archive.namelist())
    else:
        yield name, content


def failing(folder: Path, code: str) -> None:
    """Notebooks of which the second fails."""
    parameters = new_code_cell("source = None\noutput = None", metadata={"tags": ["parameters"]})
    writes = new_code_cell("from pathlib import Path\nPath(output, 'half.xlsx').write_text('')")
    for name, last in (("10_good", "1 + 1"), ("11_bad", code)):
        cells = [parameters, writes, new_code_cell(last)]
        language = {"language_info": {"name": "python"}}
        nbformat.write(new_notebook(cells=cells, metadata=language), folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("Báo cáo tháng")
    source = slice_of_the_sample(folder / "đơn hàng.csv", prefix="KH")
    (folder / "out").mkdir()
    (folder / "out" / "retention.pptx").write_text("last month's")
    (folder / "out" / "notes.txt").write_text("mine")
    return write_report(source, folder / "out", is_quiet=True, **OPTIONS)


# examples


@pytest.mark.slow
def test_all_files_are_there_and_nothing_else(made: Report) -> None:
    pages = [f"{name}.{kind}" for name in REPORT for kind in ("html", "ipynb")]
    books = ["churn_risk", "cohorts", "customer_value", "lifecycle", "repurchase", "retention"]
    books = [f"{name}.xlsx" for name in books]
    wanted = [*pages, *books, "retention.pptx", "retention.json", "retention.toml"]
    # What lay there was no deck that could be updated, so it was kept.
    kept = [name for name in names(made.folder) if name.startswith("retention_kept_")]
    assert [(made.folder / name).read_text() for name in kept] == ["last month's"]
    wanted += kept
    assert sorted(path.name for path in made.files) == sorted(wanted)
    # What was there and is none of the report's stays.
    assert names(made.folder) == sorted([*wanted, "notes.txt"])
    assert made.files[0].name == "retention.pptx"


@pytest.mark.slow
def test_the_deck_opens(made: Report) -> None:
    slides = Presentation(made.folder / "retention.pptx").slides
    assert len(slides) >= 8
    assert sum(shape.has_chart for slide in slides for shape in slide.shapes) >= 4


@pytest.mark.slow
def test_the_workbooks_open(made: Report) -> None:
    for path in made.files:
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            # These people all came in one year, so no cohort has one of the year before.
            assert {sheet.title for sheet in book if sheet.max_row == 1} <= {"years"}


@pytest.mark.slow
def test_the_pages_fetch_nothing_and_run_nothing(made: Report) -> None:
    for name in REPORT:
        page = (made.folder / f"{name}.html").read_text(encoding="utf-8")
        assert FETCHED.findall(page) == []
        assert "<script" not in page
        assert "<h2" in page
        assert "data:image/png;base64," in page


@pytest.mark.slow
def test_the_notebooks_ran_without_a_complaint(made: Report) -> None:
    for name in REPORT:
        cells = json.loads((made.folder / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        outputs = [output for cell in code for output in cell["outputs"]]
        assert all(cell["execution_count"] for cell in code)
        assert [output for output in outputs if output["output_type"] == "error"] == []
        assert [output for output in outputs if output.get("name") == "stderr"] == []
        charts = [output for output in outputs if "image/png" in output.get("data", {})]
        unanswered = NO_CHART.get(name, 0)
        wanted = sum("".join(cell["source"]).count("rt.plot_") for cell in code) - unanswered
        assert len(charts) == wanted > 0


@pytest.mark.slow
def test_no_link_of_a_page_leads_nowhere(made: Report) -> None:
    for name in REPORT:
        page = (made.folder / f"{name}.html").read_text(encoding="utf-8")
        links = LINK.findall(page)
        assert links
        assert [link for link in links if not (made.folder / link).is_file()] == []
        assert [link for link in links if not link.endswith(".html")] == []
    last = (made.folder / "05_customer_value.html").read_text(encoding="utf-8")
    assert "06_audiences: whom do we contact" in last


def test_no_customer_can_be_told(made: Report) -> None:
    """Neither in what is shown, nor in what lies inside the files."""
    # A deck that could not be updated is kept as it was: it is none of ours.
    written = [path for path in made.files if "_kept_" not in path.name]
    for path in written:
        assert {name for name, content in inside(path) if ID.search(content)} == set(), path.name
    book = openpyxl.load_workbook(made.folder / "churn_risk.xlsx")
    marks = {row[0].value for row in book["churn_risk"].iter_rows(min_row=2)}
    assert len(marks) == book["churn_risk"].max_row - 1 > 100
    assert all(re.fullmatch("#[0-9a-f]{10}", str(mark)) for mark in marks)
    shown = re.findall("#[0-9a-f]{10}(?=</td>)", (made.folder / "04_churn_risk.html").read_text())
    assert set(shown) <= marks
    assert len(shown) >= 10


def test_ids_are_shown_where_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040", prefix="KH")
    (tmp_path / "notebooks").mkdir()
    failing(
        tmp_path / "notebooks",
        "import retention as rt\nrt.styled(rt.read_orders(source).to_pandas())",
    )
    monkeypatch.setattr(report, "notebooks_folder", lambda: tmp_path / "notebooks")
    for with_ids in (True, False):
        made = write_report(
            source,
            tmp_path / "out",
            notebooks=["11_bad"],
            is_quiet=True,
            with_ids=with_ids,
            **OPTIONS,
        )
        page = (made.folder / "11_bad.html").read_text(encoding="utf-8")
        assert bool(re.search(r"KH\d{6}", page)) is with_ids
        assert bool(re.search("#[0-9a-f]{10}</td>", page)) is not with_ids


@pytest.mark.slow
def test_its_settings_repeat_the_reading(made: Report) -> None:
    again = read_orders(made.folder / "retention.toml")
    first = read_orders(made.folder.parent / "đơn hàng.csv", **OPTIONS)
    assert again.settings() == first.settings()
    assert again.counts == first.counts
    assert "Tỉnh/Thành" in again.attributes


@pytest.mark.slow
def test_next_month_keeps_the_edits_of_the_deck_and_tells_what_changed(tmp_path: Path) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000150")
    options = {**OPTIONS, "notebooks": ["07_monthly_report"], "is_quiet": True, "margin": 0.4}
    out = tmp_path / "out"
    first = write_report(source, out, as_of="2025-09-30", **options)
    assert first.changes is not None
    assert first.changes["before"].isna().all()
    deck = Presentation(out / "retention.pptx")
    deck.slides[2].shapes.title.text_frame.text = "In our words"
    deck.save(out / "retention.pptx")
    made = write_report(out / "retention.toml", out, as_of="2025-10-31", **options)
    assert [path.name for path in made.files] == [path.name for path in first.files]
    assert made.slides is not None
    assert made.slides["action"].tolist() == ["updated"] * len(made.slides)
    assert made.slides.loc[made.slides["remark"] != "", "slide"].tolist() == [3]
    slides = Presentation(out / "retention.pptx").slides
    assert slides[2].shapes.title.text_frame.text == "In our words"
    footers = " ".join(s.text_frame.text for s in slides[1].shapes if s.has_text_frame)
    # With hyphens at which no line breaks.
    assert "2025-10-31" in footers.replace("\u2011", "-")
    changes = made.changes
    assert changes is not None
    assert changes.attrs["before_as_of"] == "2025-09-30"
    before, now = (read_orders(source, as_of=day, **OPTIONS).counts["orders"]
                   for day in ("2025-09-30", "2025-10-31"))  # fmt: skip
    row = changes.set_index("name").loc["orders"]
    assert row.tolist() == [before, now, now - before]
    assert read_orders(out / "retention.toml").choices.margin == 0.4


def test_a_deck_saved_while_the_report_was_made_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    (tmp_path / "out").mkdir()
    deck = tmp_path / "out" / "retention.pptx"
    deck.write_text("as it was")

    def run(name: str, shop: Path, progress: Any, beside: Sequence[str]) -> Path:
        assert (shop / "retention.pptx").read_text() == "as it was"
        deck.write_text("edited meanwhile")
        (shop / f"{name}.html").write_text("page")
        return shop / f"{name}.html"

    monkeypatch.setattr(report, "_run", run)
    with pytest.raises(ExportError, match=r"retention.pptx: was changed while the report was made"):
        write_report(source, tmp_path / "out", notebooks=[MONTHLY], is_quiet=True, **OPTIONS)
    assert names(tmp_path / "out") == ["retention.pptx"]
    assert deck.read_text() == "edited meanwhile"


def test_numbers_of_runs_that_cannot_be_read_are_told_first(tmp_path: Path) -> None:
    (tmp_path / "retention.json").write_text("mine")
    with pytest.raises(ArgumentError, match=r"retention\.json: not what a run of the report"):
        write_report("o.csv", tmp_path, is_quiet=True)
    assert names(tmp_path) == ["retention.json"]


@pytest.mark.slow
def test_a_second_run_replaces_the_first(tmp_path: Path) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    out = tmp_path / "out"
    for currency in ("VND", "EUR"):
        made = write_report(
            source, out, notebooks=["00_your_orders"], is_quiet=True,
            **OPTIONS | {"currency": currency},
        )  # fmt: skip
        assert names(out) == ["00_your_orders.html", "00_your_orders.ipynb", "retention.toml"]
    assert read_orders(made.folder / "retention.toml").currency == "EUR"


def test_a_folder_may_be_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slice_of_the_sample(tmp_path / "o.csv", below="000040")
    monkeypatch.chdir(tmp_path)
    made = write_report("o.csv", "out", notebooks=["00_your_orders"], is_quiet=True, **OPTIONS)
    assert made.folder == Path("out")
    assert names(tmp_path / "out") == [
        "00_your_orders.html",
        "00_your_orders.ipynb",
        "retention.toml",
    ]


def test_settings_given_as_a_file_are_overruled_and_people_kept(tmp_path: Path) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    toml = tmp_path / "mine.toml"
    toml.write_text(
        'source = "o.csv"\npeople = "people.csv"\ncurrency = "VND"\nas_of = 2025-12-31\n'
        "[columns]\ncustomer_id = 'Mã \"khách\" hàng'\n"
    )
    given = {"currency": "EUR", "margin": 0.3, "template": tmp_path / "look.pptx"}
    path, options = report._settings(read_chosen(toml, given))
    assert path == source
    assert options == {
        "currency": "EUR",
        "as_of": "2025-12-31",
        "columns": {"customer_id": 'Mã "khách" hàng'},
        "people": str(tmp_path / "people.csv"),
        "margin": 0.3,
        "template": str(tmp_path / "look.pptx"),
    }


def test_several_files_in_the_settings_or_as_given(tmp_path: Path) -> None:
    files = [slice_of_the_sample(tmp_path / name, below="000040") for name in ("a.csv", "b.csv")]
    toml = tmp_path / "mine.toml"
    toml.write_text(
        'source = ["a.csv", "b.csv"]\n[columns]\ncustomer_id = \'Mã "khách" hàng\'\n',
        encoding="utf-8",
    )
    assert report._settings(read_chosen(toml, {}))[0] == files
    columns = {"columns": OPTIONS["columns"]}
    given = [str(file) for file in files]
    assert report._settings(read_chosen(given, columns)) == (given, columns)
    # The second file repeats the first, and is set aside.
    written = write_settings(tmp_path / "again.toml", source=files, options=columns)
    assert read_orders(written).counts == read_orders(files[0], **columns).counts


def test_people_given_stand_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    monkeypatch.chdir(sample_folder())
    options = OPTIONS | {"merge_by": ["email"], "people": "people.csv"}
    given = report._settings(read_chosen(source, options))[1]
    assert given["people"] == str(sample_folder() / "people.csv")
    assert given["merge_by"] == ("email",)


def test_what_a_killed_report_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".report-0123456789ab"
    left.mkdir()
    (left / ".lock").touch()
    (left / "half.html").write_text("<html>")
    (tmp_path / ".report-mine").mkdir()
    with workshop(tmp_path) as living:
        assert names(tmp_path) == sorted([living.name, ".report-mine"])
        with workshop(tmp_path) as other:
            assert names(tmp_path) == sorted([living.name, other.name, ".report-mine"])
    assert names(tmp_path) == [".report-mine"]


# refusals


def test_people_in_memory_cannot_be_named_in_the_settings(tmp_path: Path) -> None:
    people = pd.DataFrame({"customer_id": ["1"], "email": ["a@b.vn"]})
    with pytest.raises(
        ArgumentError, match=r"people: a DataFrame cannot be named .* pass the path"
    ):
        write_report("o.csv", tmp_path / "out", people=people)
    assert names(tmp_path) == []


def test_a_bad_source_makes_no_folder(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(OrdersError, match=r"empty\.csv is empty"):
        write_report(tmp_path / "empty.csv", tmp_path / "out", is_quiet=True)
    assert names(tmp_path) == ["empty.csv"]


def test_an_unknown_notebook_makes_no_folder(tmp_path: Path) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    with pytest.raises(ArgumentError, match=r"notebooks: '99_none' is not one of '00_your_orders'"):
        write_report(source, tmp_path / "out", notebooks=["99_none"], is_quiet=True, **OPTIONS)
    assert names(tmp_path) == ["o.csv"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "1 / 0",
            r"11_bad: the notebook stopped in the cell '1 / 0' with ZeroDivisionError: division by zero",
        ),
        ("import os; os._exit(1)", r"11_bad: Python stopped while running the notebook"),
    ],
)
def test_a_notebook_that_fails_leaves_the_folder_as_it_was(
    code: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    (tmp_path / "notebooks").mkdir()
    failing(tmp_path / "notebooks", code)
    monkeypatch.setattr(report, "notebooks_folder", lambda: tmp_path / "notebooks")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    for folder in (tmp_path / "mine", tmp_path / "new"):
        with pytest.raises(ExportError, match=message):
            write_report(source, folder, notebooks=["10_good", "11_bad"], is_quiet=True, **OPTIONS)
    assert names(tmp_path) == ["mine", "notebooks", "o.csv"]
    assert names(tmp_path / "mine") == ["notes.txt"]


@pytest.mark.slow
def test_a_report_on_orders_to_which_nobody_comes_back_says_so(tmp_path: Path) -> None:
    source = tmp_path / "o.csv"
    lines = [f"c{day:02},2024-01-{day:02},5" for day in range(1, 31)]
    source.write_text("\n".join(["customer_id,order_date,amount", *lines, "z,2024-04-30,6"]))
    made = write_report(source, tmp_path / "out", notebooks=["07_monthly_report"], is_quiet=True)
    page = (made.folder / "07_monthly_report.html").read_text(encoding="utf-8")
    assert "nobody has come back so far" in page
    assert names(tmp_path) == ["o.csv", "out"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    source = slice_of_the_sample(tmp_path / "o.csv", below="000040")
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ExportError, match=r"out: nothing can be written there \(File exists"):
        write_report(source, tmp_path / "out", is_quiet=True, **OPTIONS)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_deck_open_in_powerpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ExportError, match=r"cannot be replaced .* open in PowerPoint"):
        deliver([tmp_path / "retention.pptx"], tmp_path)


def test_where_one_file_cannot_be_replaced_none_is(tmp_path: Path) -> None:
    shop, target = tmp_path / "shop", tmp_path / "out"
    shop.mkdir()
    (target / "c.xlsx").mkdir(parents=True)  # nothing can take its place
    (target / "a.pptx").write_text("before")
    made = [shop / name for name in ("a.pptx", "b.html", "c.xlsx")]
    for file in made:
        file.write_text("after")
    with pytest.raises(ExportError, match=r"c.xlsx: cannot be replaced .*, so nothing was"):
        deliver(made, target)
    assert (target / "a.pptx").read_text() == "before"
    assert {file.name for file in target.iterdir()} == {"a.pptx", "c.xlsx"}
    (target / "c.xlsx").rmdir()
    shutil.copy(target / "a.pptx", shop / "a.pptx")
    for file in made:
        file.write_text("after")
    assert deliver(made, target) == tuple(target / file.name for file in made)
    assert {file.read_text() for file in target.iterdir()} == {"after"}
