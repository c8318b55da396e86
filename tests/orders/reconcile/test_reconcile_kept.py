"""What is kept here and left out there, and what nobody is known for, has steps, too."""

from __future__ import annotations

import pandas as pd
import pytest

from retention.orders.read import read_orders
from retention.orders.reconcile.reconcile import reconcile

pytestmark = pytest.mark.slow

# Examples


def test_a_rule_that_keeps_its_lines_here_can_be_left_out_there() -> None:
    """Order 2 has a free line only, order 1 a free gift."""
    frame = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b"],
            "order_id": ["1", "1", "2"],
            "ordered_at": ["2024-01-01", "2024-01-01", "2024-01-02"],
            "product": ["Tea", "Gift", "Sample"],
            "amount": [10.0, 0.0, 0.0],
        }
    )
    steps = reconcile(read_orders(frame), {"orders": 1}, left_out="zero_amount")
    found = dict(zip(steps["reason"], steps["amount"], strict=True))
    assert found == {"as given": 1, "zero_amount": 1, "unexplained": 0, "ours": 2}


def test_guests_without_order_ids_are_explained_to_the_last() -> None:
    """The last day has guests only: it lies after the last order that is used."""
    frame = pd.DataFrame(
        {
            "customer_id": ["a", None, "b", None],
            "ordered_at": ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
            "amount": [10.0, 20.0, 30.0, 40.0],
        }
    )
    orders = read_orders(frame)
    read = orders.audit.set_index("rule").loc["lines_read"]
    assert read["orders"] == 4
    steps = reconcile(orders, {"orders": read["orders"], "revenue": read["amount"]})
    by = steps.set_index(["figure", "reason"])["amount"]
    assert by["orders", "missing_customer"] == -2
    assert by["revenue", "missing_customer"] == -60
    assert (by[:, "unexplained"] == 0).all()
