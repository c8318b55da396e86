"""The currencies of a column are counted, and two of them are refused."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa
import pytest

from retention.engine.connection import store
from retention.errors import OrdersError
from retention.orders.numbers.currencies import find_currencies, require_one_currency
from retention.orders.numbers.currency_code import currency_code
from retention.orders.numbers.currency_signs import CODES, NO_DECIMALS, meant_by, signs_of


def cells(values: list[Any]) -> Any:
    return store(pa.table({"amount": values})).amount


# Examples

FOUND = {
    "dong": (["5.000 đ", "5.000₫", "VND 5", "5 vnđ", "5 đồng", "5 đo\u0302\u0300ng", "5 VNÐ", "7"],
             {"VND": 7}),
    "dollars": (["$5", "US$ 5", "5 USD", "$5 USD", "usd 5", "($5)", "-$5", "5"], {"USD": 7}),
    "other dollars": (["$5 CAD", "A$5", "S$ 6", "NT$7", "HK$8", "R$9", "CA$5"],
                      {"CAD": 2, "AUD": 1, "BRL": 1, "HKD": 1, "SGD": 1, "TWD": 1}),
    "signs": (["€5", "5 £", "¥5", "฿5", "₩5", "Rp 5", "RM5", "₹5", "5 zł", "5 Kč", "CHF 5"],
              {"CHF": 1, "CZK": 1, "EUR": 1, "GBP": 1, "IDR": 1, "INR": 1, "JPY": 1, "KRW": 1,
               "MYR": 1, "PLN": 1, "THB": 1}),
    "fullwidth": (["￥５", "＄５"], {"JPY": 1, "USD": 1}),
    "the most frequent first": (["5 EUR", "5 USD", "6 USD"], {"USD": 2, "EUR": 1}),
    "units": (["1,5tr đ", "500k VND", "2 triệu đồng"], {"VND": 3}),
    "codes": (["VND", "usd", " VND ", "", None, "US Dollar"], {"USD": 2, "VND": 2}),
    "none": (["5", "1,250.00", "n/a", "5 kg", "5 pcs", "abc", "€5 USD", "15%"], {}),
    "nothing": ([None, None, ""], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
def test_found(case: str) -> None:
    values, expected = FOUND[case]
    found = find_currencies(store(pa.table({"amount": pa.array(values, pa.string())})).amount)
    assert list(found.items()) == list(expected.items())


@pytest.mark.parametrize("values", [[1, 2], [1.5, None], [True, False]])
def test_numbers_name_none(values: list[Any]) -> None:
    assert find_currencies(cells(values)) == {}


@pytest.mark.parametrize(
    ("given", "expected"),
    [("aud", {"AUD": 2, "USD": 1}), ("VND", {"USD": 2, "AUD": 1}), (None, {"USD": 2, "AUD": 1})],
)
def test_a_dollar_is_the_given_one(given: str | None, expected: dict[str, int]) -> None:
    assert find_currencies(cells(["$5", "6 AUD", "US$7"]), given=given) == expected


@pytest.mark.parametrize("written", ["VNĐ", "đồng", "₫", "vnd", " Đồng ", "vnđ"])
def test_names_of_the_dong(written: str) -> None:
    assert currency_code(written) == "VND"


def test_names_of_other_currencies() -> None:
    found = [currency_code(written) for written in ("$", "eur", "€", "£", "xyz", "kr")]
    assert found == ["USD", "EUR", "EUR", "GBP", "XYZ", "KR"]


def test_yuan_and_yen_share_a_sign() -> None:
    assert find_currencies(cells(["¥5", "7 元"]), given="CNY") == {"CNY": 2}
    assert find_currencies(cells(["¥5"])) == {"JPY": 1}


def test_codes_of_a_remote_table() -> None:
    table = ibis.sqlite.connect().create_table(
        "orders", pa.table({"currency": ["VND", "usd ", "VND", None, "none"]})
    )
    assert find_currencies(table.currency) == {"VND": 2, "USD": 1}


@pytest.mark.parametrize(
    ("found", "given"), [({}, None), ({}, "VND"), ({"VND": 3}, None), ({"VND": 3}, "vnd")]
)
def test_one_currency_passes(found: dict[str, int], given: str | None) -> None:
    require_one_currency(found, given, "price", "orders")


# Laws


def test_every_sign_means_a_currency_that_is_written_so() -> None:
    for sign in signs_of(None):
        code = meant_by([sign], None)
        assert code in CODES
        assert sign in signs_of(code)
    assert set(NO_DECIMALS) <= CODES


# Refusals


@pytest.mark.parametrize(
    ("found", "given", "message"),
    [
        (
            {"VND": 1200, "USD": 3},
            None,
            r"^orders: 'price' holds 2 currencies \(VND in 1,200, USD in 3 cells\)\. .*convert them .*"
            r'leave the others out.* pass currency="VND" with unreadable="set_aside"',
        ),
        ({"USD": 3}, "vnd", r"'price' is not in VND, as was said \(USD in 3 cells\).*\"VND\" with"),
        ({"VND": 9, "USD": 3}, "USD", r'holds 2 currencies .* currency="USD" with unreadable'),
        ({"A": 4, "B": 3, "C": 2, "D": 1}, None, r"\(A in 4, B in 3, C in 2 cells and 1 more\)"),
    ],
)
def test_two_currencies(found: dict[str, int], given: str | None, message: str) -> None:
    with pytest.raises(OrdersError, match=message):
        require_one_currency(found, given, "price", "orders")
