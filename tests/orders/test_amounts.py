"""Money written in many ways becomes one exact number, or is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention.engine.frames import to_frame
from retention.errors import ArgumentError, OrdersError
from retention.orders.amounts import read_numbers
from retention.orders.read import read_orders
from retention.orders.source import open_source


def amounts(values: Any, **options: Any) -> list[float]:
    """The values as the reader understands them."""
    rows = open_source(pd.DataFrame({"amount": values})).rows
    options = {"currency": None, "decimal": None} | options
    return to_frame(rows.select(amount=read_numbers(rows.amount, **options)), ["amount"])[
        "amount"
    ].tolist()


def lines(values: Any) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": "a", "ordered_at": "2024-01-01", "amount": values})


# Examples

READABLE = {
    "dong": (
        ["1.250.000 đ", "80.000₫", "5.000 VNĐ", "7.000 vnd"],
        [1_250_000, 80_000, 5_000, 7_000],
    ),
    "point": (["1,250.50", "$3.25", "1,000"], [1250.5, 3.25, 1000]),
    "comma": (["1.250,50 €", "€ 3,2", "1.000"], [1250.5, 3.2, 1000]),
    "negative": (["(120)", "-7.5", "- $3", "−4", "1"], [-120, -7.5, -3, -4, 1]),
    "spaces": (["1 250 000", "80\u00a0000", "3\u202f000"], [1_250_000, 80_000, 3_000]),
    "apostrophes": (["1'250.75"], [1250.75]),
    "plain": (["120", "0"], [120, 0]),
    "four decimals": (["0.1234"], [0.1234]),
}


@pytest.mark.parametrize("case", READABLE)
def test_readable(case: str) -> None:
    values, expected = READABLE[case]
    assert amounts(values) == expected


@pytest.mark.parametrize("separator", [".", ","])
def test_dong_have_no_decimals(separator: str) -> None:
    assert amounts([f"250{separator}000", f"80{separator}000"], currency="VND") == [250_000, 80_000]


def test_given_decimal_sign() -> None:
    assert amounts(["1.250", "80"], decimal=",") == [1250, 80]
    assert amounts(["1.250", "80"], decimal=".") == [1.25, 80]


def test_quantity_times_price() -> None:
    frame = pd.DataFrame(
        {"user_id": "a", "date": "2024-01-01", "qty": ["3", "2"], "price": ["0.10", "1.05"]}
    )
    assert read_orders(frame).to_pandas()["amount"].tolist() == [2.4]


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


def test_sums_are_exact() -> None:
    frame = pd.DataFrame({"customer_id": "a", "ordered_at": "2024-01-01", "amount": [0.1] * 1000})
    assert read_orders(frame).to_pandas()["amount"].tolist() == [100.0]


# Laws


@given(cents=st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=6))
def test_written_and_read_again(cents: list[int]) -> None:
    expected = [1.25, *(value / 100 for value in cents)]
    assert amounts([f"{value:,.2f}" for value in expected]) == expected
    swapped = str.maketrans(",.", ".,")
    assert amounts([f"{value:,.2f}".translate(swapped) for value in expected]) == expected


# Refusals


def test_mixed_signs() -> None:
    with pytest.raises(
        OrdersError, match=r"mixes two decimal signs: 1 values have a point and 1 a comma .*'12,50'"
    ):
        amounts(["12,50", "1250.75"])


def test_thousands_or_decimals() -> None:
    with pytest.raises(
        OrdersError,
        match=r"2 amounts in 'amount' .* in two ways \('250.000': thousands or decimals\?\)",
    ):
        amounts(["250.000", "80.000"])


def test_dong_with_both_separators() -> None:
    with pytest.raises(OrdersError, match=r"in two ways \('250,000'"):
        amounts(["250,000", "80.000"], currency="VND")


def test_unreadable_amounts_are_shown() -> None:
    with pytest.raises(
        OrdersError, match=r"2 of 3 rows have no readable amount in 'amount' \('', 'ten'\)"
    ):
        read_orders(lines(["120", "ten", ""]))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e16])
def test_numbers_that_are_no_money(value: float) -> None:
    with pytest.raises(OrdersError, match="1 of 2 rows have no readable amount"):
        read_orders(lines([value, 1.0]))


def test_both_columns_at_once() -> None:
    frame = pd.DataFrame(
        {"customer_id": "a", "ordered_at": ["x", "2024-01-01"], "amount": ["1", "y"]}
    )
    with pytest.raises(
        OrdersError, match=r"no readable date.* 1 of 2 rows have no readable amount"
    ):
        read_orders(frame)


def test_unknown_decimal_sign() -> None:
    with pytest.raises(ArgumentError, match=r"decimal: ';' is not one of None, '.', ','"):
        read_orders(lines(["1"]), decimal=";")


@pytest.mark.parametrize(
    ("values", "decimal"), [(["1.250.000 đ", "350.5"], ","), (["99.9"], ","), (["12,50"], ".")]
)
def test_what_is_no_grouping_of_thousands_is_not_read(values: list[str], decimal: str) -> None:
    frame = pd.DataFrame({"customer_id": "a", "ordered_at": "2024-01-01", "amount": values})
    with pytest.raises(OrdersError, match="rows have no readable amount"):
        read_orders(frame, decimal=decimal)
