"""What an export writes on some lines of an order only."""

from __future__ import annotations

import ibis
import pandas as pd
import pytest

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.order_fill import filled_within_orders
from retention.orders.read import read_orders
from retention.orders.source import open_source


@pytest.fixture
def filled() -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "order_id": ["1", "1", "2", "3"],
            "status": ["cancelled", None, "paid", None],
            "ordered_at": pd.to_datetime(["2024-01-31", None, "2024-02-01", None]),
            "amount": [30.0, None, 5.0, None],
        }
    )
    rows = open_source(frame).rows
    typed = store(rows.mutate(amount=rows.amount.cast("decimal(18, 4)")))
    found = filled_within_orders(typed, ("status", "ordered_at", "amount"))
    return to_arrow(found.order_by("order_id", "status", "amount")).to_pandas()


# Examples


def test_text_and_time_stand_on_every_line_of_the_order(filled: pd.DataFrame) -> None:
    assert filled["status"].fillna("").tolist() == ["cancelled", "cancelled", "paid", ""]
    assert filled["ordered_at"].isna().tolist() == [False, False, False, True]


def test_money_is_counted_once(filled: pd.DataFrame) -> None:
    first = filled[filled["order_id"] == "1"]
    assert sorted(first["amount"].astype(float)) == [0.0, 30.0]


def test_an_order_without_any_amount_keeps_none(filled: pd.DataFrame) -> None:
    assert filled.loc[filled["order_id"] == "3", "amount"].isna().all()


CUSTOMERS = {
    "a line of the same day": ("1", "2024-01-05", 5.0, True),
    "a refund on a later day": ("1", "2024-01-20", -10.0, True),
    "a sale on a later day": ("1", "2024-01-20", 5.0, False),
    "a refund before the order": ("1", "2024-01-01", -10.0, False),
    "an order of two customers": ("2", "2024-01-06", 5.0, False),
    "an order of nobody": ("9", "2024-01-05", 5.0, False),
}


@pytest.mark.slow
@pytest.mark.parametrize("is_remote", [False, True])
@pytest.mark.parametrize("case", CUSTOMERS)
def test_a_line_without_a_customer_gets_that_of_its_order(case: str, is_remote: bool) -> None:
    order, day, amount, is_filled = CUSTOMERS[case]
    frame = pd.DataFrame(
        [
            ("a", "1", "2024-01-05", 10.0),
            ("b", "2", "2024-01-06", 10.0),
            ("c", "2", "2024-01-06", 10.0),
            (None, order, day, amount),
        ],
        columns=["customer_id", "order_id", "ordered_at", "amount"],
    )
    frame["ordered_at"] = pd.to_datetime(frame["ordered_at"])
    source = ibis.duckdb.connect().create_table("lines", frame) if is_remote else frame
    orders = read_orders(source)
    audit = orders.audit.set_index("rule")
    assert audit.loc["customer_from_order", ["lines", "lines_set_aside"]].tolist() == [is_filled, 0]
    assert audit.loc["missing_customer", "lines"] == (not is_filled)
    bought = orders.to_pandas().query("is_purchase")["customer_id"].tolist()
    assert ("a" in bought) is not (is_filled and amount < 0)
