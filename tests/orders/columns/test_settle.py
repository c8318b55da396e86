"""Two columns of equal rank: taken where the cells give one answer, refused otherwise."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.columns.guess import Guess
from retention.orders.columns.mapping import map_columns
from retention.orders.source import open_source


def guess(name: str, **columns: list[object]) -> Guess:
    base = {"customer_id": ["a", "b", "a"], "date": ["2024-01-31", "2024-02-01", "2024-02-02"]}
    frame = pd.DataFrame(base | {"amount": ["5.5", "6.5", "7.5"]} | columns)
    frame = frame.drop(columns=[name, "date"] if name == "ordered_at" else name, errors="ignore")
    frame = frame.assign(**columns)
    return next(one for one in map_columns(open_source(frame)) if one.column == name)


# Examples


def test_a_time_wins_over_the_same_day() -> None:
    found = guess(
        "ordered_at",
        date=["1/31/2024", "2/1/2024", "12/14/2024"],
        datetime=["1/31/2024 10:15", "2/1/2024 8:00", "2024-12-14 13:19:07.033"],
    )
    assert found.source_column == "datetime"
    assert found.reason == "the header 'datetime' means ordered_at; 'date' has the same days"


def test_typed_days_and_times() -> None:
    times = pd.to_datetime(["2024-01-31 10:00", "2024-02-01 00:00", "2024-02-02 08:00"])
    found = guess("ordered_at", date=list(times.normalize()), timestamp=list(times))
    assert found.source_column == "timestamp"


def test_ids_that_tell_the_same_apart() -> None:
    found = guess("order_id", order_id_=["1", "1", "2"], order_number=["N7", "N7", "N8"])
    assert found.source_column in ("order_id_", "order_number")


def test_equal_amounts() -> None:
    found = guess("amount", total=["5", "6.5", "7"], revenue=["5.00", "6.50", "7.00"])
    assert found == (
        "amount",
        "revenue",
        "the header 'revenue' means amount; 'total' holds the same",
    )


def test_an_empty_rival_is_none() -> None:
    found = guess("customer_id", user_id=[None, None, None], member_id=["a", "b", "a"])
    assert found.source_column == "member_id"
    assert "'user_id' is empty" in found.reason


# Refusals


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("ordered_at", {"date": ["2024-01-31"] * 3, "created_at": ["2024-02-01"] * 3}),
        ("customer_id", {"user_id": ["a", "b", "a"], "member_id": ["x", "y", "z"]}),
        ("amount", {"total": ["5", "6", "7"], "revenue": ["5", "6", "8"]}),
    ],
)
def test_columns_that_differ(name: str, columns: dict[str, list[object]]) -> None:
    with pytest.raises(OrdersError, match=f"2 columns could be {name}"):
        guess(name, **columns)
