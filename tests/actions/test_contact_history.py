"""Messages, answers and wishes of each person."""

from __future__ import annotations

import pandas as pd
import pytest
from strategies import lines

from retention.actions.contact_history import contact_history
from retention.orders.read import read_orders


def wished_for(orders: pd.DataFrame, wishes: list[str], as_of: str = "2024-03-31") -> str | None:
    """What is left of wishes for tea, on these days, beside orders of it."""
    touches = pd.DataFrame(
        {
            "customer_id": "a",
            "touched_at": pd.to_datetime(wishes),
            "touch": "wish_list",
            "product": "tea",
        }
    )
    given = read_orders(orders).at(as_of)
    left = contact_history(touches, given)["wish_list"].iloc[0]
    return None if pd.isna(left) else left


# Examples


@pytest.mark.parametrize(
    ("bought", "wishes", "left"),
    [
        ("2024-02-01", ["2024-02-10 09:00"], "tea"),
        ("2024-02-11", ["2024-02-10 09:00"], None),
        # Orders without a time of day lie at its beginning.
        ("2024-02-10", ["2024-02-10 09:00"], None),
        ("2024-02-11", ["2024-02-10", "2024-02-12"], "tea"),
        ("2024-02-11", ["2024-02-12", "2024-02-10"], "tea"),
        ("2024-02-13", ["2024-02-10", "2024-02-12"], None),
    ],
)
def test_a_purchase_since_the_wish_fulfils_it(
    bought: str, wishes: list[str], left: str | None
) -> None:
    orders = lines("ab", [bought, "2024-03-31"], product=["tea", "mug"])
    assert wished_for(orders, wishes) == left


def test_a_later_refund_is_no_purchase() -> None:
    days = ["2024-02-01", "2024-02-20", "2024-03-31"]
    orders = lines("aab", days, product=["tea", "tea", "mug"], amount=[10.0, -10.0, 5.0])
    orders["order_id"] = ["o1", "o1", "o2"]
    assert wished_for(orders, ["2024-02-10"]) == "tea"


# Laws


def test_orders_after_the_as_of_date_fulfil_no_wish() -> None:
    orders = lines("ab", ["2024-02-11", "2024-03-31"], product=["tea", "mug"])
    orders = pd.concat([orders, lines("b", ["2024-01-01"], product="mug")])
    assert wished_for(orders, ["2024-02-01"], as_of="2024-02-10") == "tea"
    assert wished_for(orders, ["2024-02-01"]) is None
