"""Ids stay the ids they were; lines, orders and repetitions are told apart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from strategies import lines

from retention.errors import OrdersError
from retention.orders.columns.attributes import TAKEN
from retention.orders.columns.mapping import SYNONYMS
from retention.orders.read import read_orders
from retention.tables.cohort_retention import BRACKET_COLUMNS as BRACKETS
from retention.tables.cohort_retention import COLUMNS as RETENTION
from retention.tables.cohort_value import COLUMNS as VALUE
from retention.tables.customer_summary import COLUMNS as SUMMARY
from retention.tables.customer_summary import customer_summary
from retention.tables.decompose_change import COLUMNS as PARTS
from retention.tables.pooled_retention import COLUMNS as POOLED
from retention.tables.repurchase_curve import COLUMNS as CURVE
from retention.tables.repurchase_hazard import COLUMNS as HAZARD
from retention.tables.repurchase_intervals import COLUMNS as INTERVALS
from retention.tables.repurchase_ladder import COLUMNS as LADDER
from retention.tables.year_on_year import COLUMNS as YEARS

BIG = 2**53 + 1
DAYS = ["2024-01-01", "2024-01-02", "2024-01-03"]


def ids(values: Any) -> list[str]:
    frame = pd.DataFrame({"customer_id": values, "ordered_at": "2024-01-01", "amount": 1.0})
    frame["order_id"] = [str(place) for place in range(len(frame))]
    return read_orders(frame).to_pandas().sort_values("order_id")["customer_id"].tolist()


# Examples

IDS = {
    "zero-padded": (["007", "7", "0070"], ["007", "7", "0070"]),
    "blanks around": ([" 007 "], ["007"]),
    "big text": ([str(BIG), str(BIG - 1)], [str(BIG), str(BIG - 1)]),
    "big int64": (np.array([BIG, BIG - 1]), [str(BIG), str(BIG - 1)]),
    "uint64": (np.array([2**64 - 1, 1], dtype="uint64"), [str(2**64 - 1), "1"]),
    "big Int64 with a gap": (pd.array([BIG, None], dtype="Int64"), [str(BIG)]),
    "floats": ([17850.0, 12345.5, np.nan], ["17850", "12345.5"]),
    "float32": (np.array([17850], dtype="float32"), ["17850"]),
    "mixed": (pd.Series([1, "1", 17850.0, "A1"], dtype=object), ["1", "1", "17850", "A1"]),
    "integers beyond 64 bits": (pd.Series([2**70, 1], dtype=object), [str(2**70), "1"]),
    "category of integers": (pd.Categorical([7, None, 8]), ["7", "8"]),
    "accents": (["Nguyễn Văn Ả"], ["Nguyễn Văn Ả"]),
    "quotes": (["o'neil; DROP TABLE t1"], ["o'neil; DROP TABLE t1"]),
}


# One read each; the others are for the whole suite.
QUICK = ("zero-padded", "big int64", "floats", "mixed")


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=[] if case in QUICK else [pytest.mark.slow]) for case in IDS]
)
def test_ids(case: str) -> None:
    values, expected = IDS[case]
    assert ids(values) == expected


def test_missing_ids() -> None:
    blanks = ["", " ", "NaN", "null", "None", "N/A", "<NA>", None]
    assert ids([*blanks, "a", " null value "]) == ["a", "null value"]


def test_lines_of_one_order_id_are_one_order() -> None:
    frame = lines("aaa", DAYS, order_id=["1", "1", "2"], amount=[1.0, 2.0, 4.0])
    orders = read_orders(frame).to_pandas()
    assert orders["amount"].tolist() == [3.0, 4.0]
    assert orders["ordered_at"].tolist() == [pd.Timestamp(DAYS[0]), pd.Timestamp(DAYS[2])]


def test_without_order_ids_a_customer_and_a_time_are_an_order() -> None:
    frame = lines(
        "aaab", ["2024-01-01 10:00", "2024-01-01 10:00", "2024-01-01 11:00", "2024-01-01 10:00"]
    )
    orders = read_orders(frame).to_pandas()
    assert orders["amount"].tolist() == [20.0, 10.0, 10.0]
    assert orders["order_id"].is_unique


def test_the_same_order_id_of_two_customers_is_two_orders() -> None:
    orders = read_orders(lines("ab", DAYS[:2], order_id="1")).to_pandas()
    assert orders["customer_id"].tolist() == ["a", "b"]


def test_repetitions_are_set_aside_only_with_an_order_id() -> None:
    frame = lines("aab", [DAYS[0], DAYS[0], DAYS[1]])
    counted = read_orders(frame).audit.set_index("rule").loc["exact_duplicate"]
    assert counted[["lines", "lines_set_aside"]].tolist() == [1, 0]
    frame["order_id"] = ["1", "1", "2"]
    counted = read_orders(frame).audit.set_index("rule").loc["exact_duplicate"]
    assert counted[["lines", "lines_set_aside", "amount_set_aside"]].tolist() == [1, 1, 10.0]


def test_an_attribute_is_that_of_the_first_line() -> None:
    frame = lines("aaab", [DAYS[0], DAYS[1], DAYS[1], DAYS[2]], order_id=["1", "1", "2", "3"])
    frame["channel"] = [None, "web", "shop", "  "]
    frame["State"] = ["HN", "SG", "DN", "HN"]
    orders = read_orders(frame, attributes=["State"])
    assert orders.attributes == ("channel", "State")
    assert orders.to_pandas()["channel"].fillna("-").tolist() == ["-", "shop", "-"]
    assert orders.to_pandas()["State"].tolist() == ["HN", "DN", "HN"]


def test_a_column_of_line_numbers_is_no_attribute() -> None:
    frame = lines("aa", DAYS[:2], line_number=[5, 5], order_id="1", amount=1.0)
    orders = read_orders(pd.concat([frame, frame.iloc[:1].assign(line_number=9)]))
    assert orders.set_aside("exact_duplicate")["line_number"].tolist() == [3]


# Laws


def test_names_of_results_are_taken() -> None:
    """A new table with `by=` has to add its columns to the names that attributes cannot have."""
    results = {
        *RETENTION, *BRACKETS, *VALUE, *PARTS, *YEARS, *SUMMARY, *POOLED, *CURVE, *INTERVALS, *HAZARD,
        *LADDER,
    }  # fmt: skip
    assert sorted({name.casefold() for name in results} - TAKEN - set(SYNONYMS)) == []


# Refusals


@pytest.mark.parametrize("name", sorted(TAKEN - {"line_number"}))
def test_a_taken_name_cannot_be_kept(name: str) -> None:
    frame = lines("a", DAYS[:1], **{name: "x"})
    # Some of these names would be taken for a column of refunds.
    with pytest.raises(OrdersError, match=rf"whose names mean something else here \('{name}'\)"):
        read_orders(frame, attributes=[name], columns={"refunded": None})


def test_a_mapped_column_in_other_letters_cannot_be_kept_twice() -> None:
    with pytest.raises(OrdersError, match=r"\('Channel'\). Rename them .* orders.mapping shows"):
        read_orders(lines("a", DAYS[:1], Channel="x"), attributes=["Channel"])


@pytest.mark.parametrize(
    "name", ["customer_id", "order_id", "ordered_at", "amount", "quantity", "cost"]
)
def test_ids_dates_and_numbers_of_ours_are_no_attributes(name: str) -> None:
    frame = lines("aab", DAYS[:3], order_id=["1", "2", "3"], quantity=1, cost=2)
    with pytest.raises(OrdersError, match=rf"whose names mean something else here \('{name}'\)"):
        read_orders(frame, attributes=[name])


@pytest.mark.parametrize("name", ["channel", "email"])
def test_texts_of_ours_may_be_named(name: str) -> None:
    orders = read_orders(lines("aab", DAYS[:3], **{name: "an@x.vn"}), attributes=[name])
    assert orders.to_pandas()[name].tolist() == ["an@x.vn"] * 3


def test_a_table_leaves_taken_names_alone() -> None:
    frame = lines("aa", DAYS[:2], rule="x", age=1, T=2, period="y", day=3, Orders=4)
    assert customer_summary(frame)["T"].tolist() == [1]


def test_attributes_that_are_not_there() -> None:
    with pytest.raises(
        OrdersError, match=r"names 2 columns that the DataFrame does not have \('x', 'y'\)"
    ):
        read_orders(lines("a", DAYS[:1]), attributes=["x", "y"])


def test_the_margin_tells_the_cost() -> None:
    frame = lines("ab", DAYS[:2], order_id=["1", "2"], amount=[10.0, 5.0], Profit=[4.0, -1.0])
    orders = read_orders(frame)
    assert orders.to_pandas()["cost"].tolist() == [6.0, 6.0]
    assert "margin" not in orders.lines.columns


def test_a_source_that_says_it_has_no_amounts() -> None:
    frame = lines("ab", DAYS[:2], order_id=["1", "2"]).drop(columns="amount")
    orders = read_orders(frame, columns={"amount": None})
    assert orders.counts == {"orders": 2, "customers": 2}
    assert orders.to_pandas()["amount"].tolist() == [0.0, 0.0]
    assert orders.settings()["columns"]["amount"] == ""
