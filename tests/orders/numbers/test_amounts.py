"""Money written in many ways becomes one exact number, or is refused."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.connection import store
from retention.engine.frames import to_arrow, to_frame
from retention.errors import ArgumentError, OrdersError
from retention.orders.numbers.amounts import (
    NumberFormat,
    choose_number_format,
    parse_numbers,
    read_numbers,
)
from retention.orders.orders import Orders
from retention.orders.read import read_orders
from retention.orders.source import open_source


def cells(values: list[str | None]) -> Any:
    """A text column of the engine."""
    return store(pa.table({"amount": pa.array(values, pa.string())})).amount


def parsed(column: Any, chosen: NumberFormat) -> list[Decimal | None]:
    """The exact decimals, in the order of the rows."""
    found = to_arrow(parse_numbers(column, chosen).name("amount").as_table())
    return found["amount"].to_pylist()


def read(values: list[str | None], **options: Any) -> list[Decimal | None]:
    """The values as they are understood."""
    column = cells(values)
    return parsed(column, choose_number_format(column, **{"currency": None} | options))


def orders(values: Any, **options: Any) -> Orders:
    """Orders of three customers, with these amounts over and over."""
    places = range(12)
    frame = pd.DataFrame(
        {
            "customer_id": [f"c{place % 3}" for place in places],
            "ordered_at": [f"2024-03-{place + 13}" for place in places],
            "amount": [values[place % len(values)] for place in places],
        }
    )
    return read_orders(frame, **options)


def amounts(values: Any, **options: Any) -> list[float]:
    """The values of a frame's column as they are understood."""
    rows = open_source(pd.DataFrame({"amount": values})).rows
    options = {"currency": None, "decimal": None} | options
    numbers = rows.select(amount=read_numbers(rows.amount, **options))
    return to_frame(numbers, ["amount"])["amount"].tolist()


# Examples

# Each column holds a cell that proves its style, so that all others are read by it.
POINT = {
    "12.50": "12.5", "0": "0", "120": "120", "007": "7", ".5": "0.5", "5.": "5", "0.1234": "0.1234",
    "1,000": "1000", "1,250.00": "1250", "1,250,000": "1250000", "1,250,000.75": "1250000.75",
    "1'250.75": "1250.75", "1’250’000": "1250000", "1 250.50": "1250.5", "1 250 000": "1250000",
    "1\u00a0250.5": "1250.5", "1\u202f250\u202f000": "1250000", "1\u2009250.25": "1250.25",
    "1,23,456.78": "123456.78", "12,34,567": "1234567",
    "$3.25": "3.25", "US$ 3": "3", "3 USD": "3", "$3 USD": "3", "USD3.10": "3.1", "usd 4": "4",
    "-5": "-5", "−5.5": "-5.5", "-$5": "-5", "$-5": "-5", "- $3": "-3", "$ -7.25": "-7.25",
    "(120)": "-120", "($5)": "-5", "$(5.25)": "-5.25", "( 1,250.00 )": "-1250",
    "1,250.00-": "-1250", "5-": "-5", "+5": "5", "$      8.00": "8",
    "1.5E+05": "150000", "1.234E+3": "1234", "1e3": "1000", "2.5e-1": "0.25",
    "'1250.50": "1250.5", "１２３．５": "123.5", "＄７": "7", " 9.75 ": "9.75", "\t8.5": "8.5",
    "\u200e6.5": "6.5", "500k": "500000", "1.5k": "1500", "99999999999999.9999": "99999999999999.9999",
    # What is none of these is no number, however near it comes.
    "": None, "-": None, "–": None, "n/a": None, "nan": None, "inf": None, "15%": None, "#N/A": None,
    "1_000": None, "0x10": None, "--5": None, "(-5)": None, "(5": None, "5)": None, "-(5)": None,
    "100.-": None, "100,-": None, "1,2345": None, "1,2345,6789": None, "12,3456.78": None,
    "1,25": None, "0,500": None, "1,250.00.00": None, "12 34": None, "1 2345": None,
    "10-12": None, "5 kg": None, "~5": None, "5 EUR": None, "€5": None, "2024-01-05": None,
    "12:30": None, "12.05.2024": None, "5 5": None, "ten": None, "1e": None, "1e999": None,
    "999999999999999": None, "5 -": None, "$": None,
}  # fmt: skip
DONG = {
    "1.250.000 đ": "1250000", "80.000₫": "80000", "5.000 VNĐ": "5000", "7.000 vnd": "7000",
    "100.000 đồng": "100000", "100.000 đo\u0302\u0300ng": "100000", "VND 9.000": "9000",
    "₫9.000": "9000", "5.000 VNÐ": "5000", "6.000đ": "6000", "6.000Đ": "6000", "6.000d": "6000",
    "1.250": "1250", "350000": "350000", "1.250.000,00 ₫": "1250000", "12,5": "12.5",
    "(1.250 đ)": "-1250", "(1.250) đ": "-1250", "-1.250 đ": "-1250", "1.250-": "-1250",
    "1.250 đ-": "-1250", "–50.000 ₫": "-50000", "12\u00a0000 ₫": "12000", "'2.000": "2000",
    "500k": "500000", "500 K": "500000", "500kđ": "500000", "1,2tr": "1200000", "1.2tr": "1200000",
    "1.5 triệu": "1500000", "1,25 triệu đồng": "1250000", "1.5 trie\u0323\u0302u": "1500000",
    "2 tỷ": "2000000000", "2 tỉ": "2000000000", "2,5 TỶ": "2500000000", "1tr2": "1200000",
    "1tr250": "1250000", "1 triệu 2": "1200000", "1k5": "1500", "50 nghìn": "50000",
    "50 ngàn": "50000", "-500k": "-500000", "(1tr2)": "-1200000",
    # Said in two ways, or by nobody.
    "1tr25": None, "1.250k": None, "1,250tr": None, "1.5tr2": None, "500k 100": None,
    "250,000": None, "1.25.000": None, "0.500": None, "1.2345": None, "5 USD": None, "100,-": None,
    "1.5M": None, "350.000 đ/cái": None, "2 x 50.000": None,
}  # fmt: skip
COMMA = {
    "12,50": "12.5", "1.250,50 €": "1250.5", "€ 3,2": "3.2", "1.000": "1000", "3,10 EUR": "3.1",
    "1 250,5": "1250.5", "1'250,5": "1250.5", ",5": "0.5", "-3,25": "-3.25", "1,5E+05": "150000",
    "1.250.000": "1250000", "1,125": "1.125", "1,2345": "1.2345", "7 euros": "7",
    "3.5": None, "1.250.00": None, "1,2,3": None, "£5": None,
}  # fmt: skip

# These speak against the style of their column, or for another currency.
CONTRARY = {
    "5 EUR", "€5", "5 USD", "£5", "1,25", "0,500", "250,000", "0.500", "1.2345", "3.5",
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "options"),
    [(POINT, {}), (DONG, {}), (DONG, {"currency": "vnd"}), (COMMA, {}), (COMMA, {"decimal": ","})],
    ids=["point", "dong", "dong, given", "comma", "comma, given"],
)
def test_readable(table: dict[str, str | None], options: dict[str, str]) -> None:
    proof = [cell for cell in table if cell not in CONTRARY]
    chosen = choose_number_format(cells(proof), **{"currency": None} | options)
    expected = {cell: Decimal(value) if value else None for cell, value in table.items()}
    assert dict(zip(table, parsed(cells([*table]), chosen), strict=True)) == expected


FORMATS = {
    "no separators": (["120", "500k", "1e3", None], NumberFormat()),
    "decimals": (["12.50", "1,000"], NumberFormat(".", None, "trimmed")),
    "three decimals": (["1.255", "0.500"], NumberFormat(".", None, "always")),
    "no decimals, only groups": (["1,250,000", "1,000"], NumberFormat(".")),
    "a currency without decimals": (["350.000 đ", "1.250"], NumberFormat(",", "VND")),
    "groups of two": (["1,23,456"], NumberFormat(".")),
    "a power of ten": (["1,234E+05"], NumberFormat(",", None, "trimmed")),
    "yen": (["¥1,250"], NumberFormat(".", "JPY")),
    "said with a unit": (["1,5tr", "2.5 triệu"], NumberFormat()),
    "nothing": ([None, ""], NumberFormat()),
}


@pytest.mark.parametrize("case", FORMATS)
def test_format_is_what_the_cells_prove(case: str) -> None:
    values, expected = FORMATS[case]
    assert choose_number_format(cells(values), currency=None) == expected
    assert NumberFormat(**asdict(expected)) == expected


@pytest.mark.parametrize("separator", [".", ","])
def test_dong_have_no_decimals(separator: str) -> None:
    assert amounts([f"250{separator}000", f"80{separator}000"], currency="VND") == [250_000, 80_000]


def test_given_decimal_sign() -> None:
    assert amounts(["1.250", "80"], decimal=",") == [1250, 80]
    assert amounts(["1.250", "80"], decimal=".") == [1.25, 80]
    assert read(["12,50", "1250.75", "1.250"], decimal=".") == [
        None, Decimal("1250.75"), Decimal("1.25")
    ]  # fmt: skip
    # Nobody pays a quarter of a thousandth of a dong.
    assert read(["80.000", "250,000 đ"], decimal=",") == [Decimal(80_000), None]


def test_a_sample_does_not_decide_for_what_it_has_not_seen() -> None:
    later = cells(["120", "1.5", "1,250", "$5", "500k"])
    plain = choose_number_format(cells(["120", "7"]), currency=None)
    assert parsed(later, plain) == [Decimal(120), None, None, None, Decimal(500_000)]
    decimals = choose_number_format(cells(["12.50"]), currency=None)
    assert parsed(cells(["350.000", "350.125", "1,350.000"]), decimals) == [
        None, Decimal("350.125"), Decimal(1350)
    ]  # fmt: skip
    grouped = choose_number_format(cells(["1.250.000"]), currency=None)
    assert parsed(cells(["350,125", "1,2345", "2,5"]), grouped) == [None, None, Decimal("2.5")]


def test_other_columns_tell_what_these_cells_do_not() -> None:
    assert read(["5.000", "350.000", "0"], beside=",") == [5000, 350_000, 0]
    assert read(["12,50", "1.000"], beside=".") == [Decimal("12.5"), 1000]
    with pytest.raises(OrdersError, match=r"2 cells .* two ways"):
        read(["5.000", "350.000"], beside=".")


def test_any_dollar_may_be_given() -> None:
    assert read(["$5", "6 AUD", "7"], currency="AUD") == [5, 6, 7]
    assert read(["$5", "6 AUD", "US$7"], currency="AUD") == [5, 6, None]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([10.125, 3.5]),
        pd.Series([10.125, 3.5], dtype="Float64"),
        pd.Series([10.125, 3.5], dtype="float64[pyarrow]"),
        pd.Series([10.125, 3.5], dtype=object),
        pd.Series([Decimal("10.125"), Decimal("3.500")], dtype=object),
        pd.Series(["10.125", "3.5"], dtype="category"),
    ],
    ids=lambda values: str(values.dtype),
)
def test_dtypes(values: pd.Series) -> None:
    assert amounts(values) == [10.125, 3.5]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([0.1, np.nan, np.inf, 1e16, None]), [Decimal("0.1"), None, None, None, None]),
        (pa.array([2**63 - 1, 5]), [None, Decimal(5)]),
        (pa.array([2**64 - 1, 5], pa.uint64()), [None, Decimal(5)]),
        (pa.array([Decimal("1.23456"), None]), [Decimal("1.2346"), None]),
    ],
)
def test_typed_numbers_pass_through(values: pa.Array, expected: list[Decimal | None]) -> None:
    column = store(pa.table({"amount": values})).amount
    assert parsed(column, choose_number_format(column, currency=None)) == expected


def test_a_column_of_nothing() -> None:
    table = cells(["5"]).as_table().mutate(nothing=ibis.null())
    assert parsed(table.nothing, choose_number_format(table.nothing, currency=None)) == [None]


@pytest.mark.parametrize("dialect", ["postgres", "trino"])
def test_typed_numbers_compile_on_remote_engines(
    dialect: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = ibis.table({"amount": "float64"}, name="orders")
    monkeypatch.setattr(type(table.amount), "get_backend", lambda _: SimpleNamespace(name=dialect))
    expression = table.select(amount=parse_numbers(table.amount, NumberFormat()))
    assert "99999999999999" in ibis.to_sql(expression, dialect=dialect)


def test_sums_are_exact() -> None:
    assert sum(read(["0.1"] * 1000)) == 100
    column = store(pa.table({"amount": [0.1] * 1000})).amount
    assert sum(parsed(column, choose_number_format(column, currency=None))) == 100


# Laws

GROUPS = {".": ["", ",", "'", " ", "\u00a0"], ",": ["", ".", "'", "\u202f"]}
AROUND = {
    None: ["{}"],
    "USD": ["${}", "{} USD", "US$ {}"],
    "VND": ["{} đ", "{}₫", "{} VNĐ", "VND {}"],
    "EUR": ["€{}", "{} €", "{} EUR"],
}
MINUS = ["-{}", "({})", "{}-", "−{}"]


@st.composite
def styles(draw: Any) -> Any:
    """One way of writing amounts: a function from a decimal to its text."""
    sign = draw(st.sampled_from(".,"))
    group, places = draw(st.sampled_from(GROUPS[sign])), draw(st.sampled_from([0, 1, 2, 3, None]))
    currency = draw(st.sampled_from([*AROUND]))
    if currency == "VND":
        places = draw(st.sampled_from([0, 2]))
    around, minus = draw(st.sampled_from(AROUND[currency])), draw(st.sampled_from(MINUS))

    def write(value: Decimal) -> tuple[str, Decimal]:
        value = round(value, 3 if places is None else places)
        figures = f"{abs(value):,}" if places is None else f"{abs(value):,.{places}f}"
        if places is None and "." in figures:
            figures = figures.rstrip("0").rstrip(".")
        figures = figures.replace(".", "#").replace(",", group).replace("#", sign)
        return around.format(minus.format(figures) if value < 0 else figures), value

    return write


VALUES = st.lists(st.integers(-(10**10), 10**10).map(lambda n: Decimal(n) / 1000), min_size=1)


@given(style=styles(), values=VALUES, seen=st.integers(1, 8))
def test_read_exactly_or_not_at_all(style: Any, values: list[Decimal], seen: int) -> None:
    written = [style(value) for value in values]
    column = cells([text for text, _ in written])
    try:
        chosen = choose_number_format(cells([text for text, _ in written[:seen]]), currency=None)
        partial = parsed(column, chosen)
        full = parsed(column, choose_number_format(column, currency=None))
    except OrdersError:
        return
    assert full == [value for _, value in written]
    assert [found for found in partial if found is not None] == [
        value for found, (_, value) in zip(partial, written, strict=True) if found is not None
    ]


@given(style=styles(), values=VALUES)
def test_enough_of_one_style_is_read(style: Any, values: list[Decimal]) -> None:
    proof = [Decimal("1234567.125"), Decimal("0.875")]
    written = [style(value) for value in [*proof, *values]]
    assert read([text for text, _ in written]) == [value for _, value in written]


@given(cents=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6))
def test_written_and_read_again(cents: list[int]) -> None:
    expected = [1.25, *(value / 100 for value in cents)]
    assert amounts([f"{value:,.2f}" for value in expected]) == expected
    swapped = str.maketrans(",.", ".,")
    assert amounts([f"{value:,.2f}".translate(swapped) for value in expected]) == expected


# Refusals

MIXED = {
    "decimals": (["12.50", "1,5", "1,75"], r"in 1 cell the point is for decimals \('12.50'\), "
                 r"in 2 cells the comma is for decimals \('1,5'\)"),
    "thousands of dong": (["1,250.00", "350.000 đ"], r"for decimals \('1,250.00'\), in 1 cell the "
                          r"point is for thousands \('350.000 đ'\)"),
    "two thousands": (["250,000 đ", "80.000"], r"the comma is for thousands \('250,000 đ'\), in 1 "
                      r"cell the point is for thousands \('80.000'\)"),
    "powers": (["1.5E+05", "2,5"], r"\('1.5E\+05'\), in 1 cell the comma"),
    "many": (["1250.75"] * 3 + ["12,50"] * 2, "in 3 cells the point .* in 2 cells the comma"),
}  # fmt: skip
TWO_WAYS = {
    "one sign": (["250.000", "80.000", "5"], r"has 2 cells .* two ways \('250.000': thousands or"),
    "both signs": (["250.000", "250,000"], "has 2 cells .* two ways"),
    "same cell twice": (["1.250"] * 4, "has 4 cells"),
    "groups of four": (["1,2345", "12,3456"], r"has 2 cells .* \('1,2345'"),
    "beside decimals": (["12.50", "350.000"], r"\('350.000': thousands or decimals\?\) beside 1 cell "
                        "like '12.50'"),
    "beside groups": (["1.250.000", "350,125"], r"\('350,125': .*like '1.250.000'"),
}  # fmt: skip


@pytest.mark.parametrize("case", MIXED)
def test_mixed_signs(case: str) -> None:
    values, message = MIXED[case]
    with pytest.raises(
        OrdersError, match=f"^orders: 'amount' mixes two decimal signs: .*{message}"
    ):
        read(values)


@pytest.mark.parametrize("case", TWO_WAYS)
def test_thousands_or_decimals(case: str) -> None:
    values, message = TWO_WAYS[case]
    with pytest.raises(OrdersError, match=message + r'.*Pass decimal="\."'):
        read(values)


def test_two_currencies() -> None:
    with pytest.raises(
        OrdersError, match=r"costs: 'amount' holds 2 currencies \(USD in 2, VND in 1"
    ):
        read(["$5", "7 USD", "5.000 đ", "8"], noun="costs")


@pytest.mark.parametrize(
    ("values", "kind"),
    [([True, False], "boolean"), (pd.to_datetime(["2024-01-01"]), "timestamp"), ([[1]], "array")],
)
def test_columns_that_hold_no_numbers(values: Any, kind: str) -> None:
    column = store(pa.table({"amount": pa.array(values)})).amount
    with pytest.raises(OrdersError, match=f"'amount' is of type {kind}.*not a number"):
        choose_number_format(column, currency=None)


def test_remote_text(monkeypatch: pytest.MonkeyPatch) -> None:
    column = ibis.table({"price": "string"}, name="orders").price
    monkeypatch.setattr(type(column), "get_backend", lambda _: SimpleNamespace(name="postgres"))
    with pytest.raises(OrdersError, match=r"text in a remote table.*cast\(\"decimal\(18, 4\)\"\)"):
        choose_number_format(column, currency=None)


def test_unreadable_amounts_are_shown() -> None:
    with pytest.raises(OrdersError, match=r"8 of 12 rows have no readable amount .*'ten'"):
        orders(["120", "ten", ""])


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e16])
def test_numbers_that_are_no_money(value: float) -> None:
    with pytest.raises(OrdersError, match="4 of 12 rows have no readable amount"):
        orders([value, 12.0, 7.5])


def test_unknown_decimal_sign() -> None:
    with pytest.raises(ArgumentError, match=r"decimal: ';' is not one of None, '.', ','"):
        orders(["1", "2"], decimal=";")


@pytest.mark.parametrize(
    ("values", "decimal"),
    [(["1.250.000 đ", "350.5"], ","), (["99.9", "12"], ","), (["12,50", "12"], ".")],
)
def test_what_is_no_grouping_of_thousands_is_not_read(values: list[str], decimal: str) -> None:
    with pytest.raises(OrdersError, match="6 of 12 rows have no readable amount"):
        orders(values, decimal=decimal)
