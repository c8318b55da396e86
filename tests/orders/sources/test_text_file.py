"""Text files of any dialect and encoding: every cell as it stands, or a refusal with the lines."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.errors import ArgumentError, OrdersError
from retention.orders import source as source_file
from retention.orders.source import open_source, reading
from retention.orders.sources import encoding, spread

HEADER = ["Mã KH", "Ngày", "Tiền"]
CELLS = [["007", "31/01/2024", "1.250,5"], ["a, b; c", "01/02/2024", '2"']]


def cells(path: Path, code: str | None = None) -> list[list[str | None]]:
    """The names, then the rows."""
    rows = to_arrow(open_source(path, encoding=code).rows)
    return [list(rows.column_names), *(list(row.values()) for row in rows.to_pylist())]


def file(folder: Path, content: str | bytes, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def written(**dialect: str | int) -> str:
    target = io.StringIO()
    csv.writer(target, **dialect).writerows([HEADER, *CELLS])  # type: ignore[arg-type]
    return target.getvalue()


# Examples

SIMPLE = [["id", "name", "x"], ["1", "a", "2"], ["2", "b", "3"]]
DIALECTS = {
    "blank lines": "id,name,x\n\n1,a,2\n   \n2,b,3\n\n",
    "empty rows": "id,name,x\n1,a,2\n2,b,3\n,,\n,,\n",
    "windows": "id,name,x\r\n1,a,2\r\n2,b,3\r\n",
    "old macintosh": "id,name,x\r1,a,2\r2,b,3\r",
    "mixed line ends": "id,name,x\r\n1,a,2\n2,b,3\r\n",
    "no end of line": "id,name,x\n1,a,2\n2,b,3",
    "end of file sign": "id,name,x\n1,a,2\n2,b,3\n\x1a",
    "blanks before quotes": '"id", "name", "x"\n"1", "a", "2"\n"2", "b", "3"\n',
    "trailing separators": "id,name,x,\n1,a,2,\n2,b,3,\n",
    "trailing in rows only": "id,name,x\n1,a,2,\n2,b,3,,\n",
    "separator told": "sep=;\nid;name;x\n1;a;2\n2;b;3\n",
    "title": "Sales of 2024,,\nfrom,01/01/2024,\n\nid,name,x\n1,a,2\n2,b,3\n",
    "title without separators": "Sales of 2024\n\nid,name,x\n1,a,2\n2,b,3\n",
    "groups above": ",product,\nid,name,x\n1,a,2\n2,b,3\n",
    "set with blanks": "  id     name   x\n 1      a      2\n 2      b      3\n",
    "quoted": '"id","name","x"\n"1","a","2"\n"2","b","3"\n',
    "single quotes": "'id','name','x'\n'1','a','2'\n'2','b','3'\n",
    "names with blanks": "\u00a0id ,na\u200bme, x\u00a0\n1,a,2\n2,b,3\n",
}


@pytest.mark.parametrize("case", DIALECTS)
def test_dialects(case: str, tmp_path: Path) -> None:
    assert cells(file(tmp_path, DIALECTS[case])) == SIMPLE


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_separators_in_cells(separator: str, quoting: int, tmp_path: Path) -> None:
    content = written(delimiter=separator, quoting=quoting)
    assert cells(file(tmp_path, content)) == [HEADER, *CELLS]


def test_escapes_and_line_breaks(tmp_path: Path) -> None:
    backslash = 'id,name,x\n1,"a \\"b\\", c",2\n2,"d\ne",3\n'
    expected = [["id", "name", "x"], ["1", 'a "b", c', "2"], ["2", "d\ne", "3"]]
    assert cells(file(tmp_path, backslash)) == expected
    doubled = 'id,name,x\n1,"a ""b"", c",2\n2,"d\ne",3\n'
    assert cells(file(tmp_path, doubled)) == expected


def test_quotes_that_are_none(tmp_path: Path) -> None:
    content = 'id\tname\n1\t5" pipe\n2\t"Best" shirt\n3\tother\n'
    expected = [["id", "name"], ["1", '5" pipe'], ["2", '"Best" shirt'], ["3", "other"]]
    assert cells(file(tmp_path, content)) == expected


def test_quotes_that_come_late(tmp_path: Path) -> None:
    plain = "".join(f"{number},name {number}\n" for number in range(30_000))
    found = cells(file(tmp_path, f'id,name\n{plain}x,"a, b"\n'))
    assert len(found) == 30_002
    assert found[-1] == ["x", "a, b"]


def test_decimal_commas_separate_nothing(tmp_path: Path) -> None:
    found = cells(file(tmp_path, "Báo cáo, tháng 1\nid;tiền\n1;1,5\n2;2,5\n"))
    assert found == [["id", "tiền"], ["1", "1,5"], ["2", "2,5"]]


def test_columns_without_a_name(tmp_path: Path) -> None:
    found = cells(file(tmp_path, "id,,name,\n1,,a,\n2,x,b,\n"))
    assert found == [["id", "column 2", "name"], ["1", None, "a"], ["2", "x", "b"]]


def test_years_may_be_names(tmp_path: Path) -> None:
    found = cells(file(tmp_path, "customer,2023,2024\nA,5,6\nB,3,2\n"))
    assert found[0] == ["customer", "2023", "2024"]


def test_letters_and_marks_become_one(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "Mã KH,tên\n1,Nguyễn\n")
    assert cells(file(tmp_path, apart)) == [["Mã KH", "tên"], ["1", "Nguyễn"]]


# Encodings


def vietnamese(text: str) -> bytes:
    """Windows-1258 as Windows writes it: some letters whole, tones as marks after them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(one for one in apart if one not in tones))
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            pieces.append((base + "".join(one for one in apart if one in tones)).encode("cp1258"))
    return b"".join(pieces)


TEXT = "mã khách;họ tên;tiền\n1;Nguyễn Thị Hương;150.000 ₫\n2;Trần Văn Đức;5\n"
EXPECTED = [line.split(";") for line in TEXT.splitlines()]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-32"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        "id;name;x\n1;abc;2\n".encode("utf-16-le"),
        "id;name;x\n1;abc;2\n".encode("utf-16-be"),
        vietnamese(TEXT),
    ],
    ids=["8", "8 mark", "16", "32", "16 be", "16 le plain", "16 be plain", "1258"],
)
def test_encodings(content: bytes, tmp_path: Path) -> None:
    found = cells(file(tmp_path, content))
    assert found in (EXPECTED, [["id", "name", "x"], ["1", "abc", "2"]])


@pytest.mark.parametrize(
    "words",
    [
        "João Conceição",
        "però città",
        "Müller Straße",
        "Señor Muñoz",
        "Bjørn Århus",
        "François",
        "£5",
    ],
)
def test_western_windows(words: str, tmp_path: Path) -> None:
    found = cells(file(tmp_path, f"id,name\n1,{words}\n".encode("cp1252")))
    assert found == [["id", "name"], ["1", words]]


def test_late_bytes_of_an_older_encoding(tmp_path: Path) -> None:
    plain = "".join(f"{number},name {number}\n" for number in range(200_000)).encode()
    found = cells(file(tmp_path, b"id,name\n" + plain + "x,Señor Muñoz\n".encode("cp1252")))
    assert len(found) == 200_002
    assert found[-1] == ["x", "Señor Muñoz"]


def test_encoding_that_is_told(tmp_path: Path) -> None:
    path = file(tmp_path, vietnamese("mã,tên\n1,Mãi\n"))
    assert cells(path, "cp1258") == [["mã", "tên"], ["1", "Mãi"]]


# Laws

CELL = st.text(alphabet="ab1 ,;|\t\n\"'\\.ãđ", max_size=6)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=3, max_size=8),
    separator=st.sampled_from(",;\t|"),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], separator: str
) -> None:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([["name", "thing", "other"], ["a", "b", "c"], *rows])
    path = file(tmp_path_factory.mktemp("law"), target.getvalue())
    kept = [list(row) for row in [("a", "b", "c"), *rows] if any(row)]
    found = cells(path)[1:]
    assert [[cell or "" for cell in row] for row in found] == kept


# Refusals


def assert_refused(path: Path, match: str, **options: str) -> None:
    with pytest.raises(OrdersError, match=match):
        open_source(path, **options)  # type: ignore[arg-type]


def test_ragged_rows(tmp_path: Path) -> None:
    path = file(tmp_path, "id,name,x\n1,a,2\n\n2,b\n3,c,4,5\n4,d,6\n")
    assert_refused(
        path,
        r"2 of 4 rows of orders.csv have more or fewer cells than the 3 columns of its header "
        r"\(line 4 has 2: '2', 'b'; line 5 has 4: '3', 'c', '4', ...\)\. Look at these lines",
    )


def test_rows_shifted_by_row_names(tmp_path: Path) -> None:
    assert_refused(
        file(tmp_path, "name,x\n1,a,2\n2,b,3\n"), "2 of 2 rows .* the 2 columns of its header"
    )


def test_a_damaged_header_of_very_many_cells(tmp_path: Path) -> None:
    assert_refused(
        file(tmp_path, f"id{',' * 300_000}x\n1,2\n3,4\n"), "has 300,001 cells, more than 5,000"
    )


def test_quotes_that_do_not_close(tmp_path: Path) -> None:
    assert_refused(
        file(tmp_path, 'id,name,x\n1,"ab",2\n2,"cd,3\n3,"x",4\n'),
        r"the quotes of orders.csv do not close .* must be doubled",
    )


@pytest.mark.parametrize("rows", ["007,2024-01-31,15.5\n", "007,2024-01-31,15.5\n" * 3])
def test_no_header(rows: str, tmp_path: Path) -> None:
    match = r"no header row: its first row looks like the rows below \('007', '2024-01-31', '15.5'"
    assert_refused(file(tmp_path, rows), match)


def test_later_words_are_no_header(tmp_path: Path) -> None:
    assert_refused(file(tmp_path, "A1,2024-01-31,x\nA2,2024-02-01,y\nA3,none,z\n"), "no header row")


@pytest.mark.parametrize(
    "content",
    [
        b"customer,date\nM\xe3i,2024-01-01\n",
        "id,name\n1,Привет Москва\n".encode("cp1251"),
        "id,name\n1,Zażółć gęślą jaźń\n".encode("cp1250"),
        "id,name\n1,İstanbul ağaç güneş ışık Şişli\n".encode("cp1254"),
        "id,name\n1,café José\n".encode("mac_roman"),
        "id,name\n1,注文番号\n".encode("shift_jis"),
        "id,name\nĐ4,ĐHX12\n".encode("cp1258"),
        "id,name\nÐ4,François\n".encode("cp1252"),
    ],
    ids=["one word", "Russian", "Polish", "Turkish", "Macintosh", "Japanese", "codes", "a code"],
)
def test_bytes_that_tell_nothing(content: bytes, tmp_path: Path) -> None:
    assert_refused(
        file(tmp_path, content),
        r"orders.csv is not UTF-8 \(byte \d+\), and its words do not tell .* in cp1252, .* in cp1258"
        r'\)\. In Excel choose \'CSV UTF-8\' .* encoding="cp1258"',
    )


def test_mixed_encodings(tmp_path: Path) -> None:
    content = "mã,x\nHương Mãi,1\n".encode() + b"M\xe3i,2\n"
    assert_refused(file(tmp_path, content), r"is UTF-8 but for some bytes \(the first is byte 22\)")


def test_letters_spoilt_before(tmp_path: Path) -> None:
    spoilt = "Mã khách hàng,Ngày\n1,2024-01-01\n".encode().decode("latin-1")
    assert_refused(
        file(tmp_path, spoilt),
        r"the letters of orders.csv were spoilt before it was saved \(.* was 'Mã khách hàng', 'Ngày'\)",
    )


def test_wrong_encoding(tmp_path: Path) -> None:
    assert_refused(file(tmp_path, TEXT), "orders.csv is not ascii: byte 1 of", encoding="ascii")
    with pytest.raises(ArgumentError, match="encoding: 'cp99999' is not known"):
        open_source(tmp_path / "orders.csv", encoding="cp99999")
    for name in ("rot13", "undefined", "utf-8\0"):
        with pytest.raises(ArgumentError, match=rf"encoding: {re.escape(repr(name))} is not known"):
            open_source(tmp_path / "orders.csv", encoding=name)


# Large files, made small


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(source_file, "SCANNED", 1_000)
    monkeypatch.setattr(source_file, "PIECES", 10)
    monkeypatch.setattr(spread, "BYTES", 1_000)
    monkeypatch.setattr(encoding, "PROVEN", 0)
    rows = "".join(f"{number},name {number},{number}\n" for number in range(20_000))
    return file(tmp_path, f"id,name,x\n{rows}")


def test_a_large_file_is_read_where_it_lies(large: Path) -> None:
    source = open_source(large)
    assert source.sample is not None
    assert source.files == (str(large),)
    assert to_arrow(source.rows.count().as_table()).to_pylist()[0].popitem()[1] == 20_000
    with reading(source):
        assert to_arrow(store(source.rows)).num_rows == 20_000


def test_large_files_together(large: Path) -> None:
    other = file(large.parent, "x,id,name\n5,a,b\n" * 1, "other.csv")
    source = open_source([large, other])
    assert source.sample is not None
    last = to_arrow(source.rows.filter(source.rows.source_file == "other.csv")).to_pylist()
    assert last == [{"id": "a", "name": "b", "x": "5", "source_file": "other.csv"}]


def test_large_but_not_plain(large: Path) -> None:
    large.write_bytes(large.read_text().encode("utf-16"))
    source = open_source(large)
    assert source.sample is None
    assert to_arrow(source.rows).num_rows == 20_000


@pytest.mark.parametrize(
    ("tail", "match"),
    [
        (b"1,2\n", r"1 of 20,001 rows .* \(line 20,002 has 2: '1', '2'\)"),
        (b"M\xe3i,2,3\n", r"it is no longer UTF-8 \(say what it is, such as encoding="),
        (b'1,"2,3\n', "after row 20,000 a quote is opened and not closed, or"),
        (b"1,2,3\r\n", "could not be read as a table .* whether all lines end alike"),
    ],
    ids=["ragged", "bytes", "quote", "line ends"],
)
def test_large_and_wrong_at_the_end(large: Path, tail: bytes, match: str) -> None:
    with large.open("ab") as handle:
        handle.write(tail)
    source = open_source(large)
    assert source.sample is not None
    with pytest.raises(OrdersError, match=match), reading(source):
        store(source.rows)
