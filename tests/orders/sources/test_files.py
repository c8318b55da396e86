"""Packed files, JSON, Parquet, Arrow; several files, patterns and folders."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest

from retention.engine.frames import to_arrow
from retention.errors import OrdersError
from retention.orders.source import open_source
from retention.orders.sources import packed

TEXT = "id,ngày,tiền\n007,31/01/2024,5\n"
ROWS = [["id", "ngày", "tiền"], ["007", "31/01/2024", "5"]]
NAMED = [[*ROWS[0], "source_file"], [*ROWS[1], "a.csv"], [*ROWS[1], "b.csv"]]


def cells(source: object) -> list[list[Any]]:
    rows = to_arrow(open_source(source).rows)
    return [list(rows.column_names), *(list(row.values()) for row in rows.to_pylist())]


def archive(folder: Path, members: dict[str, str], name: str = "orders.zip") -> Path:
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as opened:
        for member, content in members.items():
            opened.writestr(member, content)
    return folder / name


def assert_refused(source: object, match: str) -> None:
    with pytest.raises(OrdersError, match=match):
        open_source(source)


# Packed


@pytest.mark.parametrize(
    ("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_packed(ending: str, pack: Any, tmp_path: Path) -> None:
    path = tmp_path / f"orders.csv.{ending}"
    path.write_bytes(pack(TEXT.encode("utf-16")))
    assert cells(path) == ROWS
    assert cells(path.rename(tmp_path / f"orders.{ending}")) == ROWS


def test_zstd(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv.zst"
    with pa.CompressedOutputStream(str(path), "zstd") as packed_file:
        packed_file.write(TEXT.encode())
    assert cells(path) == ROWS


def test_zip(tmp_path: Path) -> None:
    extra = {"__MACOSX/._a.csv": "x", "readme.md": "hello", "../a.csv": TEXT}
    assert cells(archive(tmp_path, extra)) == ROWS
    assert cells(archive(tmp_path, {"a.csv": TEXT, "b.csv": TEXT})) == NAMED


def test_bad_archives(tmp_path: Path) -> None:
    assert_refused(
        archive(tmp_path, {"a.csv": TEXT, "people.csv": "x,y\n1,2\n"}),
        "1 of 2 files do not have the columns of a.csv: people.csv lacks 'id', .* has 'x', 'y'",
    )
    assert_refused(archive(tmp_path, {"a.md": "x"}), r"holds no table among its 1 files \('a.md'\)")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as outer:
        outer.write(archive(tmp_path, {"a.csv": TEXT}), "inner.zip")
    assert_refused(tmp_path / "two.zip", "inner.zip is packed twice")
    short = tmp_path / "orders.csv.gz"
    short.write_bytes(gzip.compress(TEXT.encode())[:30])
    assert_refused(short, r"orders.csv.gz could not be unpacked \(.*\)\. Copy or download it again")
    short.write_bytes(b'\x1f\x8b\x08\x00\x00\x00""""""""')
    assert_refused(
        short, r"orders.csv.gz could not be unpacked \(Error -3 .*\)\. Copy or download it again"
    )


def test_what_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FREE", 1_000)
    path = archive(tmp_path, {"a.csv": TEXT + "1,2,3\n" * 3_000_000})
    assert_refused(
        path, r"orders.zip unpacks to more than 0.0 GB, from 0.0 MB\. If it is right, unpack it"
    )


# JSON

LINES = (
    '{"id":"007","big":18446744073709551615,"v":1.5}\n{"id":"8","v":null,"flag":true,"o":{"x":1}}\n'
)
JSON = [
    ["id", "big", "v", "flag", "o.x"],
    ["007", "18446744073709551615", "1.5", None, None],
    ["8", None, None, "true", "1"],
]


@pytest.mark.parametrize("name", ["orders.jsonl", "orders.ndjson", "orders.json"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines(name: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(LINES, encoding=code)
    assert cells(tmp_path / name) == JSON


def test_json_array(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_text(json.dumps([json.loads(line) for line in LINES.splitlines()], indent=1))
    assert cells(path) == JSON


def test_json_objects_within_objects(tmp_path: Path) -> None:
    path = tmp_path / "orders.jsonl"
    path.write_text(
        '{"id":1,"customer":{"id":7,"email":"a@b.vn"},"items":[{"x":1}]}\n'
        '{"id":2,"customer":{"id":8,"a/b":"c"},"items":[]}\n{"id":3,"customer":null}\n'
    )
    assert cells(path) == [
        ["id", "customer.id", "customer.email", "customer.a/b", "items"],
        ["1", "7", "a@b.vn", None, '[{"x":1}]'],
        ["2", "8", None, "c", "[]"],
        ["3", None, None, None, None],
    ]


def test_json_keys_that_look_like_paths(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_text(
        '[{"a.b":1,"$c":2,"/d~":3,"e \\"f\\"":4,"Mã":"","0":5,"*":6}]', encoding="utf-8"
    )
    assert cells(path) == [
        ["a.b", "$c", "/d~", 'e "f"', "Mã", "0", "*"],
        ["1", "2", "3", "4", None, "5", "6"],
    ]


@pytest.mark.parametrize(
    ("content", "match"),
    [
        ('{"orders":[{"id":1}]}', r"is one object, not a table; 'orders' in it hold more"),
        ('{"id":{"0":1},"v":{"0":2}}', "is one object, not a table; 'id', 'v' in it"),
        ("[1,2]", "holds no objects with keys"),
        ('{"id":1', r"could not be read as JSON .* in file \"orders.json\""),
        ('[{"a":1,"A":2}]', "2 columns share a name"),
    ],
)
def test_json_that_is_no_table(content: str, match: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_text(content)
    assert_refused(path, match)


# Parquet and Arrow

TYPED = pa.table({"id": [2**63 - 1, None], "when": pa.array([1, 2], pa.timestamp("us"))})


def test_parquet_of_all_kinds(tmp_path: Path) -> None:
    table = TYPED.append_column("bytes", pa.array([b"007", None]))
    table = table.append_column("tags", pa.array([["a"], None]))
    pq.write_table(table, tmp_path / "orders.parquet")
    found = to_arrow(open_source(tmp_path / "orders.parquet").rows).to_pydict()
    assert found["id"] == [2**63 - 1, None]
    assert found["when"] == TYPED["when"].to_pylist()
    assert found["bytes"] == ["007", None]
    assert found["tags"] == ["[a]", None]


def test_feather_and_its_unset_kinds(tmp_path: Path) -> None:
    table = TYPED.append_column("c", pa.array(["x", "y"]).dictionary_encode())
    feather.write_feather(table, str(tmp_path / "orders.feather"))
    assert to_arrow(open_source(tmp_path / "orders.feather").rows)["c"].to_pylist() == ["x", "y"]
    with (
        pa.OSFile(str(tmp_path / "orders.arrow"), "wb") as sink,
        pa.ipc.new_file(sink, table.schema) as writer,
    ):
        writer.write_table(table)
    assert to_arrow(open_source(tmp_path / "orders.arrow").rows)["id"].to_pylist()[0] == 2**63 - 1


def test_a_folder_of_an_engine(tmp_path: Path) -> None:
    pq.write_to_dataset(
        pa.table({"id": [1, 2], "month": ["a", "b"]}), tmp_path / "t", partition_cols=["month"]
    )
    (tmp_path / "t" / "_SUCCESS").touch()
    source = open_source(tmp_path / "t")
    assert source.name == "t (2 files)"
    assert to_arrow(source.rows.select("id", "month").order_by("id")).to_pylist() == [
        {"id": 1, "month": "a"},
        {"id": 2, "month": "b"},
    ]


# Several files


def text_files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(TEXT, encoding="utf-8")
    return [folder / name for name in names]


def test_lists_patterns_folders(tmp_path: Path) -> None:
    folder = tmp_path / "đơn [2024]"
    folder.mkdir()
    files = text_files(folder, "a.csv", "b.csv")
    (folder / ".hidden.csv").write_text("x")
    (folder / "~$lock.xlsx").write_text("x")
    (folder / "notes.md").write_text("x")
    assert cells(files) == NAMED
    assert cells([str(files[1]), files[0]]) == [NAMED[0], NAMED[2], NAMED[1]]
    assert cells(folder) == NAMED
    assert cells([folder / "a.csv"]) == ROWS
    assert cells(files[0]) == ROWS
    source = open_source(folder)
    assert source.name == "đơn [2024] (2 files)"
    assert source.files == (str(files[0]), str(files[1]))


def test_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text_files(tmp_path, "a.csv", "b.csv", "c.txt")
    assert cells(str(tmp_path / "*.csv")) == NAMED
    monkeypatch.chdir(tmp_path)
    assert cells("[ab].csv") == NAMED
    assert_refused("*.xlsx", r"no table matches the pattern \*.xlsx\. Check the spelling")


def test_order_of_columns_and_case_do_not_matter(tmp_path: Path) -> None:
    first, second = text_files(tmp_path, "a.csv", "b.csv")
    second.write_text("Tiền;ID;ngày\n5;007;31/01/2024\n", encoding="cp1258", errors="ignore")
    second.write_text("Tiền;ID;ngày\n5;007;31/01/2024\n", encoding="utf-16")
    assert cells([first, second]) == NAMED


def test_kinds_that_differ_from_file_to_file(tmp_path: Path) -> None:
    pd.DataFrame({"id": [17850.0, None], "n": [1, 2]}).to_parquet(tmp_path / "a.parquet")
    pd.DataFrame({"id": ["007", "8"], "n": [1.5, 2]}).to_parquet(tmp_path / "b.parquet")
    found = to_arrow(open_source(tmp_path).rows).to_pydict()
    assert found["id"] == ["17850", None, "007", "8"]
    assert found["n"] == [1.0, 2.0, 1.5, 2.0]


def test_the_same_name_in_two_folders(tmp_path: Path) -> None:
    for month in ("01", "02"):
        (tmp_path / month).mkdir()
        text_files(tmp_path / month, "a.csv")
    found = cells(str(tmp_path / "*" / "a.csv"))
    assert [row[-1] for row in found[1:]] == ["01/a.csv", "02/a.csv"]


def test_many_files_keep_their_order(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.csv").write_text(f"id,name\n{number},a\n")
    assert [row[0] for row in cells(tmp_path)[1:]] == [str(number) for number in range(40)]


def test_files_that_do_not_fit(tmp_path: Path) -> None:
    first, second, third = text_files(tmp_path, "a.csv", "b.csv", "c.csv")
    second.write_text("id,tiền\n1,2\n", encoding="utf-8")
    assert_refused(
        tmp_path,
        r"1 of 3 files do not have the columns of a.csv: b.csv lacks 'ngày'\. .*their order does "
        "not matter",
    )
    assert_refused([first, third, first], r"2 of 3 files are the same \('a.csv'\): .* count twice")
    assert_refused([], "the list of files is empty")
    assert_refused([pd.DataFrame()], "a list may hold paths, not a DataFrame")
    for path in (first, third):
        path.write_text("id,source_file\n1,2\n")
    assert_refused([first, third], r"a.csv has a column 'source_file', the name that tells")


def test_ragged_rows_of_one_of_them(tmp_path: Path) -> None:
    first, second = text_files(tmp_path, "a.csv", "b.csv")
    second.write_text(TEXT + "1,2\n", encoding="utf-8")
    assert_refused([first, second], r"1 of 2 rows of b.csv have more or fewer cells .*line 3 has 2")


# Names


def test_a_lock_file_of_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("~$o.xlsx").write_bytes(b"\x06An" + b" " * 160)
    Path("o.csv").write_text(TEXT)
    assert_refused(
        ["o.csv", "~$o.xlsx"], r"~\$o\.xlsx is no table: Excel notes in it who has o\.xlsx"
    )
    assert cells("*.*") == ROWS


@pytest.mark.parametrize("name", ["~x.csv", "./~x.csv"])
def test_a_name_that_begins_with_a_tilde(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert_refused(name, r"there is no file ~x\.csv")
    Path("~x.csv").write_text(TEXT)
    assert cells(name) == ROWS


@pytest.mark.skipif(os.name == "nt", reason="names there are UTF-16")
def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.csv"))
    try:
        path.write_text(TEXT)
    except OSError:
        pytest.skip("the disk takes no such names")
    assert_refused(path, r"1 of 1 files have a name, .* not UTF-8 \('bad\\udcff\.csv'\)\. Rename")
    assert_refused(tmp_path, "not UTF-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "o.csv")
    assert_refused(tmp_path / "o.csv", r"o\.csv is no file but a pipe or a device")


# What a file of columns holds that is no text and no number


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    table = pa.table({"customer_id": pa.array([b"\xff\xfe1", b"b"]), "amount": [1, 2]})
    pq.write_table(table, tmp_path / "a.parquet")
    feather.write_feather(table, tmp_path / "a.feather")
    assert_refused(
        tmp_path / "a.parquet", r"not valid UTF8.* cast such columns to text where the file"
    )
    for source in (tmp_path / "a.feather", table):
        assert_refused(
            source, r"the column 'customer_id' of type binary cannot be read .* cast it to text"
        )


def test_a_duration_is_no_amount(tmp_path: Path) -> None:
    table = pa.table(
        {
            "customer_id": ["a"],
            "took": pa.array(
                [
                    2_000_000,
                ],
                pa.duration("us"),
            ),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert cells(tmp_path / "a.parquet") == [["customer_id", "took"], ["a", "2000000 us"]]
