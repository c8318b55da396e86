"""Audiences as files: what a platform can match, and nobody's name where it does not belong."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retention.errors import ArgumentError, ExportError
from retention.export import audience as module
from retention.export.audience import write_audience
from retention.orders.people import read_people

HEADERS = {
    "google": ["Email", "Phone"],
    "meta": ["email", "phone"],
    "tiktok": ["Email_SHA256", "Phone_SHA256"],
    "zalo": ["phone"],
}
SUFFIX = ".manifest.json"


def sha(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8")).hexdigest()


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def manifest(path: Path) -> dict[str, Any]:
    found = json.loads(path.with_name(path.name + SUFFIX).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def customers() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "customer_id": ["c-1", "c-2", "c-3"],
            "name": ["Nguyễn Văn An", "=HYPERLINK(1)", "Trần Bình"],
            "audience": "due again",
            "email": ["An.Le@gmail.com", None, "không có"],
            "phone": ["0912 345 678", "+84 987 654 322", None],
            "expected_value": [250000.0, 120000.5, 0.0],
        }
    )
    frame.attrs = {
        "where": "expected_value >= 100000",
        "as_of": "2024-03-31",
        "left_out": {"opted out": 4},
    }
    return frame


# Examples


def test_rows_hold_both_contacts_and_the_others_are_counted(tmp_path: Path) -> None:
    path = write_audience(customers(), tmp_path / "a.csv", platform="google")
    header, *rows = read(path)
    assert header == ["Email", "Phone"]
    assert sorted(rows) == sorted(
        [[sha("anle@gmail.com"), sha("+84912345678")], ["", sha("+84987654322")]]
    )
    told = manifest(path)
    assert (told["customers"], told["rows"]) == (3, 2)
    assert told["left_out"] == {
        "opted out": 4, "repeated row": 0, "no usable contact": 1, "contact of another customer": 0,
    }  # fmt: skip
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told["platform"], told["as_of"]) == ("google", "2024-03-31")
    assert (told["rule"], told["audiences"]) == ("expected_value >= 100000", ["due again"])


def test_contacts_come_from_people_where_the_audience_has_none(tmp_path: Path) -> None:
    people = read_people(
        pd.DataFrame(
            {
                "user_id": ["01", "02", "03"],
                "first_seen_at": ["2024-01-31"] * 3,
                "email": ["an@shop.vn", "b@shop.vn", "c@shop.vn"],
                "phone": ["0912345678", "0987654322", None],
            }
        )
    )
    table = pd.DataFrame({"customer_id": ["02", "04", "01"]})
    path = write_audience(table, tmp_path / "a.csv", platform="zalo", people=people)
    assert sorted(read(path)[1:]) == sorted([[sha("84912345678")], [sha("84987654322")]])
    assert manifest(path)["left_out"]["no usable contact"] == 1
    listed = write_audience(table, tmp_path / "list.csv", people=people)
    assert pd.read_csv(listed, dtype=str)["email"].fillna("").tolist() == [
        "b@shop.vn",
        "",
        "an@shop.vn",
    ]


def test_whole_fractions_are_ids_and_phones(tmp_path: Path) -> None:
    table = pd.DataFrame({"customer_id": [17850.0, 12.0]})
    people = pd.DataFrame({"customer_id": ["17850", "12"], "phone": [84912345678.0, None]})
    path = write_audience(table, tmp_path / "a.csv", platform="meta", people=people)
    assert read(path)[1:] == [[sha("84912345678")]]


def test_one_contact_of_two_customers_is_one_row(tmp_path: Path) -> None:
    table = pd.DataFrame({"customer_id": ["1", "2"], "phone": ["0912345678", "+84912345678"]})
    path = write_audience(table, tmp_path / "a.csv", platform="tiktok")
    assert read(path)[1:] == [[sha("84912345678")]]
    assert manifest(path)["left_out"]["contact of another customer"] == 1


@pytest.mark.parametrize("number", ["16577770199", "0612345678"])
def test_numbers_that_nobody_knows_the_country_of_are_left_out(number: str, tmp_path: Path) -> None:
    table = pd.DataFrame({"customer_id": ["1", "2"], "phone": ["0912345678", number]})
    path = write_audience(table, tmp_path / "a.csv", platform="google")
    assert len(read(path)) == 2
    assert manifest(path)["left_out"]["no usable contact"] == 1


def test_lists_for_people_keep_columns_and_order(tmp_path: Path) -> None:
    path = write_audience(customers(), tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = pd.read_csv(path)
    assert list(rows.columns) == list(customers().columns)
    assert rows["name"].tolist() == ["Nguyễn Văn An", "'=HYPERLINK(1)", "Trần Bình"]
    assert rows["phone"][1] == "'+84 987 654 322"
    assert rows["expected_value"].tolist() == [250000.0, 120000.5, 0.0]


def test_workbooks_for_people(tmp_path: Path) -> None:
    path = write_audience(customers(), tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["audience"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == list(customers().columns)
    assert [row[1] for row in rows] == ["Nguyễn Văn An", "'=HYPERLINK(1)", "Trần Bình"]
    assert sheet["B3"].data_type == "s"
    assert sheet["E2"].value == "0912 345 678"
    assert manifest(path)["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


RULES = {
    "email != 'boss@shop.vn' and p_alive > 0.5": "email != *** and p_alive > 0.5",
    "customer_id not in ['c-1', 'c-9']": "customer_id not in ***",
    "customer_id != 17850 & orders > 2": "customer_id != *** & orders > 2",
    "'c-1' != customer_id": "*** != customer_id",
    '`name` == "Trần Bình"': "`name` == ***",
    "note == 'call 0912 345 678'": "note == 'call ***'",
    "last_order_at < '2024-01-31'": "last_order_at < '2024-01-31'",
    "expected_value > 10000000": "expected_value > 10000000",
    "channel == 'ads' and orders >= 2": "channel == 'ads' and orders >= 2",
}


@pytest.mark.parametrize("rule", list(RULES))
def test_rules_name_nobody(rule: str, tmp_path: Path) -> None:
    table = customers()
    table.attrs["where"] = {"due": [rule]}
    path = write_audience(table, tmp_path / "a.csv")
    assert manifest(path)["rule"] == {"due": [RULES[rule]]}


def test_counts_of_the_audience_itself_are_kept_and_added_to(tmp_path: Path) -> None:
    table = customers()
    table.attrs["left_out"] = {"no usable contact": 2, "due": {"held out": 1}}
    path = write_audience(table, tmp_path / "a.csv", platform="google")
    told = manifest(path)["left_out"]
    assert (told["no usable contact"], told["due"]) == (3, {"held out": 1})


def test_an_audience_without_a_caption(tmp_path: Path) -> None:
    path = write_audience(pd.DataFrame({"customer_id": ["1"]}), tmp_path / "a.csv")
    told = manifest(path)
    assert (told["rule"], told["as_of"], told["audiences"], told["rows"]) == (None, None, [], 1)


# Laws


@pytest.mark.parametrize("platform", list(HEADERS))
def test_nothing_stands_in_clear(platform: str, tmp_path: Path) -> None:
    table = customers()
    path = write_audience(table, tmp_path / "a.csv", platform=platform)  # type: ignore[arg-type]
    beside = path.with_name(path.name + SUFFIX)
    clear = [
        str(cell)
        for name in ("customer_id", "name", "email", "phone")
        for cell in table[name].dropna()
    ]
    clear += [
        "0912345678",
        "84912345678",
        "912345678",
        "987654322",
        "an.le",
        "anle@",
        "Nguyễn",
        "nguyen",
    ]
    for file in (path, beside):
        written = file.read_text(encoding="utf-8").lower()
        assert [cell for cell in clear if cell.lower() in written] == []
    listed = write_audience(table, tmp_path / "list.xlsx")
    written = listed.with_name(listed.name + SUFFIX).read_text(encoding="utf-8").lower()
    assert [cell for cell in clear if cell.lower() in written] == []


UNUSABLE = ["", None, "n/a", "a***@shop.vn", "0000000000", "16577770199"]
EMAILS = [
    "an.le@gmail.com",
    "An.Le+Tet@Gmail.com",
    "binh@shop.vn",
    "Bình <BINH@shop.vn>",
    *UNUSABLE,
]
PHONES = ["0912345678", "+84 912 345 678", "01623456789", "0323456789", *UNUSABLE]
CELLS = st.tuples(st.sampled_from(EMAILS), st.sampled_from(PHONES))


@pytest.mark.slow
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.lists(CELLS, min_size=1, max_size=6),
    data=st.data(),
    platform=st.sampled_from(["google", "meta", "tiktok"]),
)
def test_order_and_repetition_change_nothing(
    cells: list[tuple[str | None, str | None]], data: st.DataObject, platform: Any, tmp_path: Path
) -> None:
    # One who is always reached, so that there is a file.
    rows = [(str(n), *pair) for n, pair in enumerate([("always@shop.vn", None), *cells])]
    table = pd.DataFrame(rows, columns=["customer_id", "email", "phone"])
    again = data.draw(st.lists(st.sampled_from(rows), max_size=4))
    mixed = data.draw(st.permutations([*rows, *again]))
    first = write_audience(table, tmp_path / "a.csv", platform=platform)
    shuffled = pd.DataFrame(mixed, columns=table.columns)
    second = write_audience(shuffled, tmp_path / "b.csv", platform=platform)
    assert first.read_bytes() == second.read_bytes()
    told, other = manifest(first), manifest(second)
    assert other["left_out"].pop("repeated row") - told["left_out"].pop("repeated row") == len(
        again
    )
    assert told["left_out"] == other["left_out"]
    assert told["rows"] + sum(told["left_out"].values()) == told["customers"]
    assert len({tuple(row) for row in read(first)}) == told["rows"] + 1


def test_order_and_repetition_change_nothing_of_a_few(tmp_path: Path) -> None:
    table = customers()
    first = write_audience(table, tmp_path / "a.csv", platform="google")
    second = write_audience(pd.concat([table[::-1], table]), tmp_path / "b.csv", platform="google")
    assert first.read_bytes() == second.read_bytes()
    assert manifest(second)["left_out"]["repeated row"] == 3


def test_repeated_rows_are_one_for_people_too(tmp_path: Path) -> None:
    table = customers()
    twice = pd.concat([table, table.tail(1)])
    once = write_audience(table, tmp_path / "a.csv")
    assert write_audience(twice, tmp_path / "b.csv").read_bytes() == once.read_bytes()
    assert manifest(tmp_path / "b.csv")["left_out"]["repeated row"] == 1


def test_the_audience_is_not_changed(tmp_path: Path) -> None:
    table = customers()
    write_audience(table, tmp_path / "a.csv", platform="meta")
    pd.testing.assert_frame_equal(table, customers())
    assert table.attrs == customers().attrs


# Refusals


def refusal(tmp_path: Path, table: Any, name: str = "a.csv", **options: Any) -> str:
    with pytest.raises(ArgumentError) as found:
        write_audience(table, tmp_path / name, **options)
    assert list(tmp_path.iterdir()) == []
    return str(found.value)


def test_all_problems_at_once(tmp_path: Path) -> None:
    message = refusal(tmp_path, customers().head(0), "a.txt", platform="bing")
    assert "platform: 'bing' is not one of 'people', 'google', 'meta', 'tiktok', 'zalo'" in message
    assert "ends in neither .csv nor .xlsx" in message
    assert "audience: 0 rows, nobody to contact" in message


def test_hashes_are_csv_only(tmp_path: Path) -> None:
    assert "is no .csv; google takes hashed contacts" in refusal(
        tmp_path, customers(), "a.xlsx", platform="google"
    )


def test_no_contacts(tmp_path: Path) -> None:
    table = customers().drop(columns=["email", "phone"])
    message = refusal(tmp_path, table, platform="meta")
    assert "no column of contacts (email or phone) for meta" in message
    assert "Pass people=read_people(...)" in message
    table = customers().drop(columns="phone")
    assert "no column of contacts (phone) for zalo" in refusal(tmp_path, table, platform="zalo")


def test_nobody_usable(tmp_path: Path) -> None:
    message = refusal(tmp_path, customers().tail(1), platform="google")
    assert "0 of 1 customers have a contact that google takes (email or phone)" in message


def test_tables_that_are_none(tmp_path: Path) -> None:
    assert "a list is no table" in refusal(tmp_path, [1])
    levels = pd.DataFrame(
        [["an", 5]], columns=pd.MultiIndex.from_tuples([("customer_id", ""), ("x", "sum")])
    )
    assert "columns of 2 levels" in refusal(tmp_path, levels)
    assert "no column customer_id" in refusal(tmp_path, pd.DataFrame({"id": [1]}))
    assert "people: no table with a column customer_id" in refusal(
        tmp_path, customers(), people=pd.DataFrame({"id": [1]})
    )
    doubled = pd.concat([customers(), customers()[["phone"]]], axis=1)
    assert "1 columns have a name twice ('phone')" in refusal(tmp_path, doubled)
    absent = customers().assign(customer_id=["c-1", None, None])
    assert "2 of 3 rows have no customer_id" in refusal(tmp_path, absent)


def test_customers_with_two_different_rows(tmp_path: Path) -> None:
    table = pd.concat([customers(), customers().head(1).assign(phone="0987654329")])
    for platform in ("people", "google"):
        message = refusal(tmp_path, table, platform=platform)
        assert "1 of 3 customers have several rows with different" in message
        assert "('c-1')" in message
    people = pd.DataFrame({"customer_id": ["c-1", "c-1"], "phone": ["0912345678", "0987654322"]})
    message = refusal(tmp_path, customers()[["customer_id"]], people=people, platform="zalo")
    assert "people: 1 of 1 customers have several rows with different contacts" in message


def test_too_many_rows_for_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ROWS", 3)
    with pytest.raises(ExportError, match=r"3 rows; an Excel sheet holds 2 .* ends in \.csv"):
        write_audience(customers(), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stage", ["_write", "manifest_of"])
def test_nothing_is_left_half_written(
    stage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_audience(customers(), tmp_path / "a.csv")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}

    def fail(*_args: object, **_options: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(module, stage, fail)
    with pytest.raises(ExportError, match="could not be written"):
        write_audience(customers().head(1), path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_file_that_is_open_elsewhere_keeps_its_manifest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_audience(customers(), tmp_path / "a.csv")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    moved = Path.replace

    def locked(self: Path, target: Any) -> Path:
        if Path(target).name == "a.csv":
            raise PermissionError(13, "open")
        return moved(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(ExportError, match="Close it and run this again"):
        write_audience(customers().head(1), path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
