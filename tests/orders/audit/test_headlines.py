"""Headlines, each also without the customers who spend most."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.orders.audit.headlines import headlines_table
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times


def shop(customers: int) -> pd.DataFrame:
    """Each buys once for 10; the last comes back and spends 1,000 in all."""
    rows = [(f"c{n:03d}", "2024-01-01", 10.0) for n in range(customers)]
    rows.append((f"c{customers - 1:03d}", "2024-02-01", 990.0))
    return pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])


def headlines(frame: pd.DataFrame) -> dict[str, list[float]]:
    orders = read_orders(frame, as_of="2024-12-31")
    table = headlines_table(orders.orders, as_of=orders.as_of)
    return {row["name"]: [row["estimate"], row["without_top_1"]] for _, row in table.iterrows()}


# Examples


def test_one_in_a_hundred_is_left_out() -> None:
    assert headlines(shop(100)) == {
        "customers": [100, 99],
        "orders": [101, 99],
        "purchase_days_per_customer": [pytest.approx(1.01), 1],
        "amount": [1990, 990],
        "average_order_value": [pytest.approx(1990 / 101), 10],
        "repeat_rate_180": [pytest.approx(0.01), 0],
    }


def test_below_a_hundred_nobody_is() -> None:
    assert all(estimate == without for estimate, without in headlines(shop(99)).values())
