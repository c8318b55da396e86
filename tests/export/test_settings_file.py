from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.errors import ExportError
from retention.export.settings_file import first_settings, write_settings
from retention.orders.read import read_orders
from retention.orders.settings_file import read_settings

AWKWARD = """Mã "khách" hàng,Ngày đặt,Thành  tiền = net,Tỉnh/Thành
a,01/02/2024,"1.500",Huế
b,13/02/2024,"2.000",Đà Nẵng
a,20/03/2024,"1.000",Huế
"""
OPTIONS: dict[str, Any] = {
    "columns": {
        "customer_id": 'Mã "khách" hàng',
        "ordered_at": "Ngày đặt",
        "amount": "Thành  tiền = net",
    },
    "attributes": ("Tỉnh/Thành",),
    "timezone": "Asia/Ho_Chi_Minh",
    "currency": "VND",
    "as_of": "2024-03-31",
    "history_start": "2024-01-01",
    "burn_in_days": 0,
    "statuses": {"Đã giao": "completed", 'x = "1"': "test"},
    "date_format": "%d/%m/%Y",
    "decimal": ",",
}


def read_back(options: dict[str, Any]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "retention.toml"
        return dict(read_settings(write_settings(path, source=path, options=options)).options)


# examples


def test_every_option_comes_back_with_blanks_letters_and_quotes() -> None:
    assert read_back(OPTIONS) == OPTIONS


def test_the_reading_is_repeated_from_another_folder(tmp_path: Path) -> None:
    source = tmp_path / "đơn hàng 2024.csv"
    source.write_text(AWKWARD, encoding="utf-8")
    orders = read_orders(source, **OPTIONS)
    (tmp_path / "out").mkdir()
    path = write_settings(
        tmp_path / "out" / "retention.toml", source=source, options=orders.options.given()
    )
    again = read_orders(path)
    assert again.settings() == orders.settings()
    assert again.attributes == ("Tỉnh/Thành",)
    assert again.to_pandas().equals(orders.to_pandas())
    assert again.to_pandas()["amount"].tolist() == [1500.0, 2000.0, 1000.0]


@pytest.mark.parametrize("name", ["or\nders.csv", "or\x07ders.csv", "or\x7fders.csv"])
def test_signs_of_control_in_names_and_headers_come_back(name: str, tmp_path: Path) -> None:
    source = tmp_path / name
    header = "custo\x7fmer,or\x1b[31mdered,amount,we\x7fi\x07rd"
    try:
        source.write_text(f"{header}\na,2024-01-02,5,x\na,2024-02-02,6,y\n")
    except OSError:
        pytest.skip("the disk takes no such names")
    columns = {"customer_id": "custo\x7fmer", "ordered_at": "or\x1b[31mdered"}
    orders = read_orders(source, columns=columns)
    (tmp_path / "retention.toml").write_text(first_settings(orders), encoding="utf-8")
    assert read_orders(tmp_path / "retention.toml").settings() == orders.settings()


def test_a_relative_source_is_written_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write_settings(Path("retention.toml"), source=Path("orders.csv"), options={})
    assert read_settings(path.absolute()).source == tmp_path / "orders.csv"


def test_people_are_kept_beside_the_source(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    path = write_settings(
        tmp_path / "retention.toml", source=tmp_path / "o.csv", options={"people": str(people)}
    )
    assert read_settings(path).people == people


# laws

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(columns=st.dictionaries(texts, texts, max_size=4), attributes=st.lists(texts, max_size=4))
def test_any_text_comes_back(columns: dict[str, str], attributes: list[str]) -> None:
    options = {"columns": columns, "attributes": tuple(attributes), "date_format": "\x7f\\%d\t'"}
    assert read_back(options) == options


# refusals


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"there is no such folder, so retention.toml was not"):
        write_settings(tmp_path / "none" / "retention.toml", source=tmp_path, options={})
