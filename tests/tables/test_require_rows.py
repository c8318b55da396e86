"""Rows of tables beside the orders."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from strategies import lines

from retention.actions.contact_history import contact_history
from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.tables.acquisition_payback import acquisition_payback
from retention.tables.message_response import message_response
from retention.tables.time_to_first_order import time_to_first_order

ORDERS = lines("ab", ["2024-01-01", "2024-03-01"])
TOUCHES = pd.DataFrame(
    {
        "customer_id": ["a", "b"],
        "touched_at": pd.to_datetime(["2024-01-01", "2024-01-02"]),
        "touch": "message_sent",
        "channel": "web",
    }
)
COSTS = pd.DataFrame({"spent_at": pd.to_datetime(["2024-01-01"]), "spend": [3.0]})


def ask(name: str, touches: Any) -> None:
    match name:
        case "history":
            contact_history(touches, read_orders(ORDERS))
        case "response":
            message_response(ORDERS, touches=touches)
        case _:
            time_to_first_order(ORDERS, touches=touches)


# Refusals


@pytest.mark.parametrize("name", ["history", "response", "first order"])
@pytest.mark.parametrize(
    ("changes", "match"),
    [
        (
            {"touched_at": ["1/2/24", "x"]},
            r"^touches: touched_at holds str in 2 rows, no local times \('1/2/24', 'x'\); see "
            r"touches\['touched_at'\]. Pass what read_touches\(\) returns.$",
        ),
        (
            {"touched_at": ["x", None], "customer_id": ["a", None]},
            r"no local times \('x'\).* 1 of 2 rows have no customer_id; see .*isna\(\)\]. 1 of 2 rows "
            r"have no touched_at",
        ),
        ({"customer_id": None}, r"^touches: 2 of 2 rows have no customer_id; see"),
    ],
)
def test_no_times_and_no_values_are_told_apart(
    name: str, changes: dict[str, Any], match: str
) -> None:
    with pytest.raises(ArgumentError, match=match):
        ask(name, TOUCHES.assign(**changes))


def test_days_of_costs_as_text() -> None:
    match = r"^costs: spent_at holds str in 1 rows, no local times \('2024-01'\)"
    with pytest.raises(ArgumentError, match=match):
        acquisition_payback(ORDERS, costs=COSTS.assign(spent_at="2024-01"), margin=0.3)
