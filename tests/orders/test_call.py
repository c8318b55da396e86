"""The call that repeats a reading: as keyword arguments, as Python, as a settings file."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import ArgumentError, ExportError
from retention.orders.call import Call
from retention.orders.read import read_orders
from retention.orders.settings_file import read_settings

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

ROWS = "Mã KH;Ngày;Tiền;Tỉnh;TT\n01;01/02/2024;1.000;HN;xong\n02;02/02/2024;3.000;SG;bỏ\n"
OPTIONS: dict[str, Any] = {
    "columns": {"customer_id": "Mã KH", "ordered_at": "Ngày", "amount": "Tiền", "status": "TT"},
    "attributes": ("Tỉnh",),
    "currency": "VND",
    "statuses": {"xong": "completed", "bỏ": "cancelled"},
    "burn_in_days": 30,
    "date_format": "%d/%m/%Y",
    "as_of": "2024-02-29",
}


def arguments(call: Call) -> tuple[list[Any], dict[str, Any]]:
    """The shown call, taken apart again."""
    parsed = ast.parse(repr(call), mode="eval").body
    assert isinstance(parsed, ast.Call)
    assert ast.unparse(parsed.func) == "read_orders"
    named = {one.arg or "": ast.literal_eval(one.value) for one in parsed.keywords}
    return [ast.literal_eval(one) for one in parsed.args], named


def listed(options: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in options.items()
    }


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "đơn hàng.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


# examples


def test_the_call_can_be_pasted() -> None:
    assert repr(Call(OPTIONS, source="orders.csv")) == (
        "read_orders(\n"
        '    "orders.csv",\n'
        '    columns={"customer_id": "Mã KH", "ordered_at": "Ngày", "amount": "Tiền", "status": "TT"},\n'
        '    attributes=["Tỉnh"],\n'
        '    currency="VND",\n'
        '    statuses={"xong": "completed", "bỏ": "cancelled"},\n'
        "    burn_in_days=30,\n"
        '    date_format="%d/%m/%Y",\n'
        '    as_of="2024-02-29",\n'
        ")"
    )


def test_a_long_table_has_one_item_a_line() -> None:
    call = Call({"columns": {f"column {n}": f"source {n}" for n in range(6)}}, source=Path("o.csv"))
    assert '    columns={\n        "column 0": "source 0",\n' in repr(call)
    assert arguments(call) == (["o.csv"], dict(call))


def test_sources_that_are_no_file_have_a_name() -> None:
    assert repr(Call({}, source=pd.DataFrame())) == "read_orders(\n    frame,\n)"
    assert repr(Call({}, source=object())) == "read_orders(\n    table,\n)"
    assert (
        repr(Call({"people": pd.DataFrame()}, source="o.csv")).splitlines()[2]
        == "    people=people,"
    )
    assert arguments(Call({}, source=["a.csv", Path("b.csv")]))[0] == [["a.csv", "b.csv"]]


def test_it_is_a_dict_of_keyword_arguments() -> None:
    call = Call(OPTIONS, source="orders.csv")
    assert call == OPTIONS
    assert dict(**call) == OPTIONS
    assert call | {"as_of": "2024-03-01"} == OPTIONS | {"as_of": "2024-03-01"}


def test_a_reading_is_repeated_by_arguments_and_by_file(source: Path, tmp_path: Path) -> None:
    first = read_orders(source, **OPTIONS)
    call = Call(first.settings(), source=source)
    again = read_orders(call.source, **call)
    file = call.write(tmp_path / "retention.toml")
    by_file = read_orders(file)
    for other in (again, by_file):
        assert other.settings() == first.settings()
        pd.testing.assert_frame_equal(other.to_pandas(), first.to_pandas())
        pd.testing.assert_frame_equal(other.audit, first.audit)
    # Written from what was read from it, the file stays the same.
    assert Call(by_file.settings(), source=source).toml() == file.read_text(encoding="utf-8")


def test_paths_are_absolute_and_lists_stay_lists(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    people = {"people": "people.csv", "merge_by": ("email",)}
    Call(people, source=["a.csv", "b.csv"]).write("retention.toml")
    file = read_settings(Path("retention.toml"))
    assert file.source == [tmp_path / "a.csv", tmp_path / "b.csv"]
    assert file.people == tmp_path / "people.csv"
    assert file.options == {"merge_by": ("email",)}


def test_paths_have_no_steps_up(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    call = Call({"people": "nb/../people.csv"}, source="nb/../shop.xlsx")
    shop, people = tmp_path / "shop.xlsx", tmp_path / "people.csv"
    assert call.toml() == f'source = "{shop}"\npeople = "{people}"\n'


def test_writing_keeps_what_was_chosen_before(source: Path, tmp_path: Path) -> None:
    file = tmp_path / "retention.toml"
    file.write_text('source = "old.csv"\ncurrency = "EUR"\nmargin = 0.3\nlanguage = "vi"\n')
    call = read_orders(source, **OPTIONS).settings()
    call.undated().write(file)
    written = read_settings(file)
    assert written.source == source
    assert written.choices.given() == {"language": "vi", "margin": 0.3}
    assert "as_of" not in written.options
    assert written.options == {name: call[name] for name in call if name != "as_of"}
    assert read_orders(file).settings().choices.margin == 0.3


# laws

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(
    columns=st.dictionaries(texts, texts, max_size=4),
    attributes=st.lists(texts, max_size=4),
    decimal=texts,
    path=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
)
def test_any_text_comes_back(columns: Any, attributes: Any, decimal: str, path: str) -> None:
    options = {"columns": columns, "attributes": attributes, "decimal": decimal}
    call = Call(options, source=path)
    assert arguments(call) == ([path], options)


# refusals


@pytest.mark.parametrize("source", [pd.DataFrame({"a": [1]}), None, 3])
def test_a_settings_file_names_a_file(source: object, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"the source is a .* can only name a file. Save it"):
        Call({}, source=source).write(tmp_path / "retention.toml")
    assert list(tmp_path.iterdir()) == []


def test_people_in_memory_cannot_be_written() -> None:
    with pytest.raises(ArgumentError, match="the table of people is a DataFrame"):
        Call({"people": pd.DataFrame()}, source="o.csv").toml()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no such folder"):
        Call({}, source="o.csv").write(tmp_path / "none" / "retention.toml")
