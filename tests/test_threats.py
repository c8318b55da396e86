"""What strangers write into an order table is data, wherever it goes: see docs/threats.md."""

from __future__ import annotations

import csv
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

import retention as rt
from retention.charts.churn_list import describe_churn_list
from retention.errors import OrdersError, RetentionError
from retention.export.answer import Answer
from retention.hidden_ids import VARIABLE, without_ids

pytestmark = pytest.mark.slow

# Each is the end of somebody's good day: SQL, HTML, formulas, mathematics, paths, signs of control.
NASTY = [
    "'; DROP TABLE orders; --",
    '" OR ""="',
    "x'); COPY (SELECT 1) TO 'owned.csv'; --",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+84 912 345 678",
    "$\\frac{1}{$ $x^$",
    "{0.__class__} {name} %s %(x)s",
    "../../etc/passwd",
    "a;b,c|d\te",
    "`rm -rf` $(id) ${HOME} ![x](y) **b**",
    "bell\x07 escape\x1b[31m del\x7f",
    "\u202egnp.exe\u200b \ufeffmark",
    "Nguyễn\u0301 🦊",
    "l" * 2_000,
]
# Breaks of lines, which no CSV of pandas can hold, so that no reader meets them there.
BROKEN = [
    "An\r=cmd|'/C calc'!A0",
    "\r=1+1",
    "\r\n@SUM(1)",
    "\x00\r\r-1",
    " \r+1",
    "An\r\nBo",
    "a\rb",
]


class Tags(HTMLParser):
    """The tags of a page and all that stands in their attributes that a browser would run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [tag, *(name for name, _ in attrs if name.startswith("on"))]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def is_harmless(page: str) -> bool:
    return not {"script", "img", "svg", "onerror", "onload"} & set(Tags(page).found)


def shop(customers: int = 90) -> pd.DataFrame:
    """Two to five orders of each, with hostile ids, values and headers."""
    random = np.random.default_rng(3)
    owner = np.repeat(np.arange(customers), random.integers(2, 6, customers))
    words = [NASTY[number % len(NASTY)] for number in range(len(owner))]
    days = random.integers(0, 300, len(owner))
    frame = pd.DataFrame(
        {
            "customer_id": [f"{NASTY[number % len(NASTY)]} {number}" for number in owner],
            "order_id": [f"{word} {number}" for number, word in enumerate(words)],
            "ordered_at": pd.Timestamp("2024-01-01") + pd.to_timedelta(days, unit="D"),
            "amount": random.integers(1, 900, len(owner)) / 4,
            "product": words,
            'x"; DROP TABLE <b>=1+1</b> $': words[::-1],
        }
    )
    return frame.sort_values("ordered_at", ignore_index=True)


def as_read(word: str) -> str:
    """Blanks at the ends go, and letters are composed; nothing else."""
    return unicodedata.normalize("NFC", word).strip()


HEADER = 'x"; DROP TABLE <b>=1+1</b> $'


@pytest.fixture(scope="module")
def orders() -> rt.Orders:
    return rt.read_orders(shop(), attributes=[HEADER])


# Readers: what is read is what was written, and nothing else happens


def to_excel(frame: pd.DataFrame, path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        cells = [openpyxl.cell.WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        sheet.append(cells)
    book.save(path)


WRITERS: dict[str, Callable[[pd.DataFrame, Path], Any]] = {
    "csv": lambda frame, path: frame.to_csv(path, index=False),
    "parquet": lambda frame, path: frame.to_parquet(path),
    "jsonl": lambda frame, path: frame.to_json(
        path, orient="records", lines=True, date_format="iso"
    ),
    "xlsx": to_excel,
}


@pytest.mark.parametrize("kind", WRITERS)
def test_readers_take_it_as_it_stands(kind: str, tmp_path: Path) -> None:
    name = "'; DROP TABLE x; -- $(id) [*] #{a} đơn"
    frame = shop(40)
    if kind == "xlsx":  # which cannot hold signs of control
        frame = frame.map(
            lambda cell: re.sub("[\x00-\x1f]", "", cell) if type(cell) is str else cell
        )
    path = tmp_path / f"{name}.{kind}"
    WRITERS[kind](frame, path)
    read = rt.read_orders(path, attributes=[HEADER]).to_pandas()
    assert set(read["customer_id"]) == {as_read(one) for one in frame["customer_id"]}
    assert set(read[HEADER]) == {as_read(one) for one in frame[HEADER]}
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_nul_ends_no_text(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "customer_id": ["a\x00b", "a"],
            "ordered_at": ["2024-01-01", "2024-01-02"],
            "amount": [1, 2],
        }
    )
    assert rt.read_orders(frame).counts["customers"] == 2
    path = tmp_path / "orders.csv"
    path.write_bytes(b"customer_id,ordered_at,amount\na\x00b,2024-01-01,1\na,2024-01-02,2\n")
    with pytest.raises(OrdersError, match=r"orders\.csv"):
        rt.read_orders(path)


# Limits


def test_a_cell_in_the_last_corner_of_a_sheet(tmp_path: Path) -> None:
    """Three kilobytes that would take 400 GB."""
    book = openpyxl.Workbook()
    book.active.append(["customer_id", "ordered_at", "amount"])
    book.active["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    with pytest.raises(
        OrdersError,
        match=r"far\.xlsx has a sheet of 1,048,576 rows and 16,384 columns \(xl/worksheets/sheet1\.xml\)"
        r", 17,179,869,184 cells; up to 100,000,000 are read\. .*\(Ctrl\+End\)",
    ):
        rt.read_orders(tmp_path / "far.xlsx")


def edited(path: Path, old: bytes, new: bytes, part: str = "") -> Path:
    """The same workbook with other words in its parts, perhaps with its sheet elsewhere."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "worksheets/sheet1.xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            moved = content.replace(sheet.encode(), (part or sheet).encode())
            archive.writestr(name.replace(sheet, part or sheet), moved.replace(old, new))
    return path


@pytest.mark.parametrize(
    ("new", "part"),
    [
        (b'<c r="xfd1048576"', ""),
        (b'<c r="ZZZZZZZZ3"', ""),
        (b'<c r="A4294967295"', ""),
        (b'<c r="A' + b"0" * 3_000_000 + b'9999999999999"', ""),
        (b'<c r="XFD1048576"', "tables/sheet1.xml"),
        (b"<c><v>1</v></c>" * 16_384 + b'</row><row r="1048576"><c', ""),
        (b"<c><v>1</v></c>" * 16_384 + b"</row>" + b"<row><c/></row>" * 9_000 + b"<row><c", ""),
    ],
)
def test_a_sheet_reaches_far_however_it_says_so(new: bytes, part: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["customer_id", "ordered_at", "amount"], *[["an", "2024-01-01", 1]] * 3):
        book.active.append(row)
    book.save(tmp_path / "far.xlsx")
    path = edited(tmp_path / "far.xlsx", b'<c r="A3"', new, part)
    with pytest.raises(
        OrdersError, match=r"far\.xlsx has a sheet of .* up to 100,000,000 are read"
    ):
        rt.read_orders(path)


def open_document(path: Path, rows: str) -> Path:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    table = f'<table:table table:name="a">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<a/>")
        archive.writestr(
            "content.xml", f"<office:document-content {names}>{body}</office:document-content>"
        )
    return path


def cell(word: str, times: int = 1) -> str:
    kind = 'office:value-type="string"' if word else ""
    inner = f"<text:p>{word}</text:p>" if word else ""
    return f'<table:table-cell {kind} table:number-columns-repeated="{times}">{inner}</table:table-cell>'


def row(*cells: str, times: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'
    )


TABLE = row(*map(cell, ("customer_id", "ordered_at", "amount"))) + row(
    *map(cell, ("an", "2024-01-01", "1"))
)


@pytest.mark.parametrize(
    "far",
    [
        row(cell("an", 4_000_000_000)),
        row(cell("", 4_000_000_000), cell("an")),
        row(cell("an"), times=4_000_000_000),
        row(cell(""), times=4_000_000_000) + row(cell("an")),
        row(*[row(cell("an", 16_384))] * 9_000),
        row(cell("an", 16_384)) + row(cell("an")) * 9_000,
    ],
)
def test_a_sheet_of_libreoffice_that_repeats_without_end(far: str, tmp_path: Path) -> None:
    path = open_document(tmp_path / "far.ods", TABLE + far)
    with pytest.raises(OrdersError, match=r"far\.ods has a sheet of .* up to 100,000,000 are read"):
        rt.read_orders(path)


def test_empty_cells_to_the_end_of_a_sheet_take_nothing(tmp_path: Path) -> None:
    """LibreOffice writes them wherever a whole row or column has a format."""
    rest = row(cell("bo"), cell("2024-01-02"), cell("2"), cell("", 16_381))
    path = open_document(tmp_path / "a.ods", TABLE + rest + row(cell("", 16_384), times=1_048_573))
    assert rt.read_orders(path).counts["customers"] == 2


def test_a_sheet_of_libreoffice_that_is_no_xml(tmp_path: Path) -> None:
    path = open_document(tmp_path / "torn.ods", "<table:table-row>")
    with pytest.raises(OrdersError, match=r"torn\.ods could not be unpacked \(mismatched tag"):
        rt.read_orders(path)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/worksheets/sheet9.xml"])
def test_a_workbook_that_unpacks_to_too_much(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retention.orders.sources.packed.FREE", 5_000_000)
    path = tmp_path / "bomb.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, b"<a/>" * 5_000_000)
    with pytest.raises(
        OrdersError, match=r"bomb\.xlsx unpacks to more than 0\.0 GB, from 0\.0 MB\."
    ):
        rt.read_orders(path)


def test_a_workbook_that_lies_about_its_size(tmp_path: Path) -> None:
    """The list of parts says 10 bytes where there are 20 million."""
    path = tmp_path / "lie.xlsx"
    openpyxl.Workbook().save(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", b"a" * 20_000_000)
    size = (20_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(OrdersError, match=r"lie\.xlsx could not be unpacked \(Bad CRC-32"):
        rt.read_orders(path)


def test_a_workbook_of_which_only_the_list_of_parts_is_left(tmp_path: Path) -> None:
    path = tmp_path / "torn.xlsx"
    openpyxl.Workbook().save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[whole.index(b"PK\x01\x02") :])
    with pytest.raises(
        OrdersError, match=r"torn\.xlsx could not be unpacked \(.+\)\. Copy or down"
    ):
        rt.read_orders(path)


def test_a_huge_cell(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    path.write_text("customer_id,ordered_at,amount\n" + "b" * 3_000_000 + ",2024-01-02,7\n")
    with pytest.raises(
        OrdersError,
        match=r"huge\.csv has a line of 3,000,013 signs or more; a cell may have 131,072\.",
    ):
        rt.read_orders(path)


def test_a_message_shows_no_page(tmp_path: Path) -> None:
    frame = shop(4).assign(ordered_at=["<b>" * 9_000] * len(shop(4)))
    with pytest.raises(OrdersError) as refused:
        rt.read_orders(frame, attributes=[HEADER])
    assert len(str(refused.value)) < 3_000


# HTML


def test_cards_and_tables_run_nothing(orders: rt.Orders) -> None:
    assert is_harmless(orders._repr_html_())
    customers = rt.customer_summary(orders)
    fit, spend = rt.fit_mbg_nbd(customers), rt.fit_gamma_gamma(customers)
    assert is_harmless(fit._repr_html_() + spend._repr_html_())
    shown = orders.to_pandas()
    page = rt.styled(shown).to_html()
    assert is_harmless(page)
    words = "".join(Tags(page).words)
    assert "<script>alert(1)</script>" in words
    assert HEADER in words


def test_a_sentence_is_neither_html_nor_markdown() -> None:
    line = "worst of all: **<img src=x onerror=alert(1)>** [a](javascript:b) `c` $x$"
    answer = Answer((line,))
    assert is_harmless(answer._repr_html_())
    assert is_harmless(answer._repr_markdown_())
    assert not set("<>[]`$") & set(answer._repr_markdown_())
    assert answer._repr_markdown_().count("*") == 4


# Tables and charts


def test_groups_keep_their_names(orders: rt.Orders) -> None:
    cells = rt.cohort_retention(orders, by=[HEADER], period="year")
    assert set(cells[HEADER]) <= {as_read(word) for word in NASTY}
    assert cells[HEADER].nunique() > 10


@pytest.mark.filterwarnings("ignore:Glyph:UserWarning")
def test_charts_draw_it_as_text(orders: rt.Orders, tmp_path: Path) -> None:
    """Also what looks like mathematics; a letter that the font lacks is a box."""
    risk = pd.DataFrame(
        {
            "customer_id": NASTY[:12], "value_at_risk": [9.0] * 12, "p_no_order": [0.4] * 12,
            "p_order_if_just_bought": [0.8] * 12, "days_since_last_order": [30] * 12,
            "horizon_days": 90,
        }
    )  # fmt: skip
    axes = [
        rt.plot_churn_list(risk, customers=12),
        rt.plot_next_product(rt.next_product(orders, item="product")),
        rt.plot_group_rates(rt.lifecycle_rates(orders, by=HEADER), basis="as_written"),
    ]
    for number, one in enumerate(axes):
        one.figure.savefig(tmp_path / f"{number}.png")
        one.figure.savefig(tmp_path / f"{number}.svg")
        assert is_harmless_svg((tmp_path / f"{number}.svg").read_text(encoding="utf-8"))
    plt.close("all")


def is_harmless_svg(page: str) -> bool:
    return not {"script", "onerror", "onload"} & set(Tags(page).found)


# Files for others


def test_decks_hold_it_as_text(orders: rt.Orders, tmp_path: Path) -> None:
    deck = rt.Deck(title=NASTY[3], subtitle=NASTY[14])
    deck.add(orders.to_pandas(), title=NASTY[6], takeaway="\n".join(NASTY[:5]), notes=NASTY[14])
    deck.add(rt.describe_next_product(rt.next_product(orders, item="product")), title=NASTY[9])
    path = tmp_path / "'; $(id) đơn.pptx"
    deck.save(path)
    slides = Presentation(str(path)).slides
    words = [
        shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame
    ]
    assert NASTY[3] in words
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        links = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    assert not any(b'TargetMode="External"' in link for link in links)


def formulas(path: Path) -> list[object]:
    book = openpyxl.load_workbook(path)
    return [c.value for sheet in book for row in sheet for c in row if c.data_type == "f"]


def test_workbooks_hold_no_formula(orders: rt.Orders, tmp_path: Path) -> None:
    tables = {word[:40]: orders.to_pandas() for word in NASTY[:8]}
    tables["breaks"] = pd.DataFrame({"=1+1\r=2": BROKEN})
    path = rt.write_workbook(tables, tmp_path / "'; $(id) đơn.xlsx", has_glossary=True)
    assert formulas(path) == []
    cells = [c.value for sheet in openpyxl.load_workbook(path) for row in sheet for c in row]
    assert not [one for one in cells if isinstance(one, str) and one.startswith(("=", "+", "@"))]
    assert not [one for one in cells if isinstance(one, str) and "\x07" in one]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_audiences_hold_no_formula(kind: str, tmp_path: Path) -> None:
    words = [*NASTY, *BROKEN]
    people = pd.DataFrame({"customer_id": words, "reason": words[::-1], "=1+1\r=2": words})
    path = tmp_path / f"list.{kind}"
    rt.write_audience(people, path)
    if kind == "xlsx":
        assert formulas(path) == []
        with zipfile.ZipFile(path) as archive:
            assert not [name for name in archive.namelist() if b"\r" in archive.read(name)]
        return
    assert b"\r" not in path.read_bytes()
    assert len(pd.read_csv(path)) == len(words)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert len(cells) == 3 * (len(words) + 1)
    assert not [one for one in cells if one.lstrip().startswith(("=", "+", "-", "@", "\t"))]


# Ids


def test_marks_stand_for_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pd.DataFrame(
        {
            "customer_id": ["an", "ba", None, "an"],
            "order_id": ["an@2024-01-01 00:00:00", "an@x", "1", "2"],
            "amount": [1.0, 2.0, 3.0, 4.0],
        }
    )
    assert without_ids(table) is table
    monkeypatch.setenv(VARIABLE, "secret")
    marked = without_ids(table)
    first, second, missing, again = marked["customer_id"]
    assert first == again != second
    assert pd.isna(missing)
    assert re.fullmatch("#[0-9a-f]{10}", first)
    # The second's order is called by what is no id of theirs.
    assert marked["order_id"].tolist() == [f"{first}@2024-01-01 00:00:00", "an@x", "1", "2"]
    assert marked["amount"].tolist() == [1.0, 2.0, 3.0, 4.0]
    monkeypatch.setenv(VARIABLE, "another")
    assert without_ids(table)["customer_id"][0] != first


def test_cells_that_could_not_be_read_and_ids_in_a_call_are_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = pd.DataFrame(
        {
            "customer_id": ["SECID1", "SECID1", "2024-01-03", "SECID3"],
            "ordered_at": ["2024-01-01", "2024-01-02", "SECID2", "2024-01-04"],
            "amount": ["1", "2", "3", "SECID4"],
        }
    )
    frame.to_csv(tmp_path / "o.csv", index=False)
    orders = rt.read_orders(
        tmp_path / "o.csv", unreadable="set_aside", placeholder_ids=["SECID3", "0"]
    )
    monkeypatch.setenv(VARIABLE, "secret")
    call = orders.settings()
    tables = [orders.set_aside(f"unreadable_{what}") for what in ("date", "amount")]
    shown = [rt.styled(table).to_html() for table in tables]
    assert [len(table) for table in tables] == [1, 1]
    assert "SECID" not in "".join([*shown, repr(call), call.toml()])
    # What is saved to repeat the reading repeats it.
    assert rt.read_orders(call.write(tmp_path / "a.toml")).settings()["placeholder_ids"] == (
        "SECID3", "0",
    )  # fmt: skip


def test_pictures_and_files_show_marks(
    orders: rt.Orders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "secret")
    risk = pd.DataFrame(
        {
            "customer_id": ["an", "ba"], "value_at_risk": [20.0, 50.0], "p_no_order": [0.4, 0.7],
            "p_order_if_just_bought": [0.8, 0.9], "days_since_last_order": [30, 80], "horizon_days": 90,
        }
    )  # fmt: skip
    picture = describe_churn_list(risk)
    assert all(re.fullmatch("#[0-9a-f]{10}", name) for name in picture.categories)
    assert "ba" not in picture.alt_text.split()
    history = rt.alive_history(
        orders, rt.fit_mbg_nbd(rt.customer_summary(orders)), customer_id=f"{NASTY[0]} 0"
    )
    shown = rt.describe_alive_history(history)
    assert NASTY[0] not in f"{shown.title} {shown.finding} {shown.alt_text}"
    twins = pd.DataFrame(
        {"customer_id": ["KH01", "kh01"], "ordered_at": pd.Timestamp("2024-01-01"), "amount": 1.0}
    )
    audit = rt.read_orders(twins).audit.set_index("rule")
    assert "kh01" not in audit["action"]["similar_ids"].lower()
    path = rt.write_workbook({"customers": risk}, tmp_path / "a.xlsx")
    column = [row[0].value for row in openpyxl.load_workbook(path)["customers"].iter_rows()]
    assert column == ["customer_id", *picture.categories[::-1]]


# The names of our own arguments


@pytest.mark.parametrize("word", NASTY[:14])
def test_arguments_are_no_code(word: str, orders: rt.Orders) -> None:
    """A name that is not there is refused, as any other."""
    with warnings.catch_warnings(), pytest.raises((RetentionError, ValueError)):
        warnings.simplefilter("error")
        rt.cohort_retention(orders, by=[word])


def test_a_condition_of_an_audience_reaches_nothing_but_the_table(tmp_path: Path) -> None:
    profile = pd.DataFrame(
        {"customer_id": ["an"], "stage": ["new"], "days_since_last_order": [3], "messages_30_days": 0,
         "is_opted_out": False, "expected_value": 1.0},
    )  # fmt: skip
    profile.attrs["as_of"] = "2024-03-31"
    assert len(rt.audience(profile, where="stage == 'new'")) == 1
    target = str(tmp_path / "a.csv")
    for where in (
        "@pd.io.common.os.system('true')",
        "__import__('os').system('true')",
        "stage.__class__ == 1",
        "expected_value >= stage.items.__func__.__globals__['sys'].modules['os'].system('true')",
        f"customer_id.to_csv({target!r})",
        f"stage == '`' or customer_id.to_csv({target!r}) or stage == '`'",
    ):
        with pytest.raises(RetentionError, match=r"where: .* cannot be read"):
            rt.audience(profile, where=where)
    assert not list(tmp_path.iterdir())
