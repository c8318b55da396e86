"""`retention.toml`: one file that says where the orders lie and how to read them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from retention.errors import ArgumentError, OrdersError
from retention.orders.read import read_orders
from retention.orders.settings import Settings
from retention.orders.settings_file import read_settings
from retention.tables.lifecycle_stages import lifecycle_stages

ROWS = "KH;Ngay;Tien;Tinh\n01;01/02/2024;1.000;HN\n02;02/02/2024;3.000;SG\n"
TOML = """
source = "data/orders.csv"
people = "people.csv"
timezone = "Asia/Ho_Chi_Minh"
currency = "VND"
as_of = 2024-02-29
date_format = "%d/%m/%Y"
attributes = ["Tinh"]

[columns]
customer_id = "KH"
ordered_at = "Ngay"
amount = "Tien"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "orders.csv").write_text(ROWS)
    (tmp_path / "retention.toml").write_text(TOML)
    return tmp_path


# Examples


def test_paths_are_relative_to_the_file(folder: Path) -> None:
    settings = read_settings(folder / "retention.toml")
    assert settings.source == folder / "data" / "orders.csv"
    assert settings.people == folder / "people.csv"
    assert settings.options["as_of"] == "2024-02-29"


def test_orders_are_read_as_the_file_says(folder: Path) -> None:
    orders = read_orders(folder / "retention.toml")
    assert orders.as_of == pd.Timestamp("2024-02-29")
    assert orders.attributes == ("Tinh",)
    found = orders.to_pandas()
    assert found["amount"].tolist() == [1000.0, 3000.0]
    assert found["ordered_at"].dt.month.tolist() == [2, 2]


def test_arguments_overrule_the_file(folder: Path) -> None:
    orders = read_orders(folder / "retention.toml", date_format="%m/%d/%Y", as_of="2024-12-31")
    assert orders.as_of == pd.Timestamp("2024-12-31")
    assert orders.to_pandas()["ordered_at"].dt.month.tolist() == [1, 2]


def test_only_what_differs_is_given() -> None:
    assert Settings().given() == {}
    assert Settings(currency="VND", attributes=("x",)).given() == {
        "currency": "VND",
        "attributes": ("x",),
    }


def test_choices_come_with_the_orders(folder: Path) -> None:
    said = """language = "vi"
margin = 0.3
at_risk_after_days = 30
lapsed_after_days = 60
touches = "log/touches.csv"
"""
    path = folder / "retention.toml"
    path.write_text(f"\ufeff{said}{TOML}\n[audiences]\nback = \"band == 'high'\"\n", "utf-8")
    choices = read_orders(path).choices
    assert choices.given() == {
        "language": "vi", "margin": 0.3, "at_risk_after_days": 30, "lapsed_after_days": 60,
        "touches": str(folder / "log" / "touches.csv"), "audiences": {"back": "band == 'high'"},
    }  # fmt: skip
    assert choices.but(margin=0.5, language=None).margin == 0.5
    assert choices.of("margin", "horizon_days") == {"margin": 0.3}


def test_thresholds_of_the_file_are_those_of_every_table(folder: Path) -> None:
    path = folder / "retention.toml"
    path.write_text(f"at_risk_after_days = 10\nlapsed_after_days = 20\n{TOML}")
    orders = read_orders(path)
    stages = lifecycle_stages(orders)
    assert stages["lapsed_after_days"].tolist() == [20, 20]
    assert stages["threshold_basis"].tolist() == ["given", "given"]
    # The days since are 28 and 27.
    assert stages["stage"].tolist() == ["lapsed_once", "lapsed_once"]
    overruled = lifecycle_stages(orders, at_risk_after_days=30, lapsed_after_days=40)
    assert overruled["stage"].tolist() == ["new", "new"]


# Refusals


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (
            'source = "a.csv"\ntime_zone = "x"\n',
            r"1 unknown keys \('time_zone'\). Probably meant: timezone for 'time_zone'\.$",
        ),
        (
            'source = "a.csv"\nannual-discount = 0.1\nxyzzy = 1\n',
            r"meant: annual_discount_rate for 'annual-discount'. The keys are amount_of, annual_",
        ),
        (
            'source = "a.csv"\n[columns]\namount = "x"\ntimezone = "UTC"\n',
            r"1 keys below \[columns\] that .* \('timezone'\). Move them above the line \[columns\]",
        ),
        (
            'source = "a.csv"\nmargin = 30\nlanguage = "tlh"\n',
            r"margin: 30 is not above 0 and .*language: 'tlh' is not one",
        ),
        (
            'source = "a.csv"\nlanguage = "tlh"\n',
            r"retention.toml cannot be used. language: 'tlh' is not one of 'en', 'vi'.",
        ),
        ('source = "a.csv"\nmargin = "0.3"\n', r"1 keys a value of the wrong kind \('margin'\)"),
        (
            'source = "a.csv"\nlapsed_after_days = 90\n',
            r"one is given without the other. Give both or neither",
        ),
        ('source = "a.csv"\n[audiences]\n', r"audiences: not a table of names and conditions"),
        ('timezone = "UTC"\n', r'names no source. Add: source = "orders.csv"'),
        ("source = orders.csv\n", r"retention.toml is not valid TOML"),
        ("source = 5\n", r"1 keys a value of the wrong kind \('source'\)"),
        (
            'source = "a.csv"\ncolumns = "x"\nattributes = [5]\ntimezone = 7\n',
            r"3 keys a value of the wrong kind \('columns', 'attributes', 'timezone'\)",
        ),
        ('source = "a.csv"\nmargin = 1' + "0" * 5_000, "retention.toml is not valid TOML: Exceeds"),
        (
            'source = "a.csv"\nattributes = ' + "[" * 9_000 + "]" * 9_000,
            r"retention.toml is nested too deeply to be settings\.",
        ),
    ],
)
def test_files_that_cannot_be_used(content: str, match: str, tmp_path: Path) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(content)
    with pytest.raises(OrdersError, match=match):
        read_orders(path)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (r'"C:\Users\Lan\orders.csv"', "is not valid TOML: Invalid hex value .*"),
        (r'"C:\orders.csv"', "is not valid TOML: Unescaped .*"),
        (r'"data\new.csv"', r"names 1 of 1 files with backslashes .*\('data\\new.csv'\)\. "),
        (r'["a.csv", "data\table.csv"]', "names 1 of 2 files with backslashes in double quotes.*"),
    ],
)
def test_paths_of_windows_in_double_quotes(source: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(f"source = {source}\n")
    way = r"Write paths of Windows in single quotes, 'C:\\Users\\orders.csv', or with forward"
    with pytest.raises(OrdersError, match=f"{said}{way}"):
        read_settings(path)


def test_paths_of_windows_in_single_quotes(tmp_path: Path) -> None:
    path = tmp_path / "retention.toml"
    path.write_text("source = 'data\\new.csv'\n")
    assert str(read_settings(path).source).endswith(r"data\new.csv")


def test_days_in_two_readings(folder: Path) -> None:
    path = folder / "retention.toml"
    path.write_text(TOML.replace("as_of = 2024-02-29", 'as_of = "05/03/2024"'))
    with pytest.raises(ArgumentError, match="as_of: '05/03/2024' can be 5 March or 3 May 2024"):
        read_orders(path)


def test_a_folder_is_no_settings(tmp_path: Path) -> None:
    (tmp_path / "retention.toml").mkdir()
    with pytest.raises(OrdersError, match=r"retention.toml cannot be read"):
        read_orders(tmp_path / "retention.toml")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(
        OrdersError, match=r"there is no file .*retention.toml. `retention init` writes"
    ):
        read_orders(tmp_path / "retention.toml")


@pytest.mark.parametrize(
    ("options", "match"),
    [
        ({"zero_amounts": "drop"}, "zero_amounts: 'drop' is not one of 'purchase', 'set_aside'"),
        ({"unreadable": "skip"}, "unreadable: 'skip' is not one of 'error', 'set_aside'"),
        ({"burn_in_days": -1}, 'burn_in_days: -1 is not "auto" or a number of days'),
        ({"burn_in_days": True}, "burn_in_days: True is not"),
        ({"burn_in_days": 36_526}, "number of days from 0 to 36,525"),
        ({"burn_in_days": "some"}, "burn_in_days: 'some' is not"),
        ({"timezone": "Mars"}, "timezone: 'Mars' is not known"),
    ],
)
def test_options_outside_what_is_taken(options: dict[str, object], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        Settings(**options)


def test_reasons_are_in_the_language_of_the_settings(tmp_path):
    (tmp_path / "a.csv").write_text("customer,date,amount\na,2024-01-31,5\n")
    (tmp_path / "retention.toml").write_text('source = "a.csv"\nlanguage = "vi"\n')
    reasons = read_orders(tmp_path / "retention.toml").mapping["reason"]
    assert "tiêu đề 'amount' nghĩa là amount" in list(reasons)
