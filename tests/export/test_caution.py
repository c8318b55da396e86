"""Where a simple rule would have forecast better, the numbers of the model say so."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.export.answer import answer
from retention.export.caution import caution
from retention.orders.read import read_orders
from retention.orders.simulate import simulate_orders

pytestmark = pytest.mark.slow  # a look back fits, reads and scores


def test_a_model_that_is_right_has_none() -> None:
    orders = read_orders(simulate_orders(customers=1500, days=500, random_state=4))
    assert caution(orders) == ""


def test_customers_who_all_come_every_month_are_forecast_better_by_a_rule() -> None:
    days = pd.date_range("2023-01-05", periods=22, freq="30D")
    rows = [(f"c{number:03}", day) for number in range(200) for day in days[: 22 - number % 3]]
    frame = pd.DataFrame(rows, columns=["customer_id", "ordered_at"]).assign(amount=10.0)
    frame.loc[frame["customer_id"] < "c100", "amount"] = 12.0
    orders = read_orders(frame)
    assert "a simple rule would have forecast the next 90 days better" in caution(orders)
    assert "with care" in answer(orders, question="value").lines[-1]


def test_a_short_history_says_nothing() -> None:
    frame = pd.DataFrame(
        {"customer_id": list("aab"), "amount": 1.0,
         "ordered_at": pd.to_datetime(["2024-01-01", "2024-01-05", "2024-01-07"])}
    )  # fmt: skip
    assert caution(read_orders(frame)) == ""
