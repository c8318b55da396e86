"""Cells that cannot be read: the message names the column, what stands there, and the way on."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.errors import OrdersError
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

FRAME = pd.DataFrame(
    {
        "customer_id": list("abab"),
        "ordered_at": ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"],
        "amount": ["5.5", "6.5", "7.5", "8.5"],
        "cost": ["1.5", "2.5", "3.5", "4.5"],
        "quantity": [1, 1, 1, 1],
    }
)


def refused(**cells: Any) -> str:
    with pytest.raises(OrdersError) as error:
        read_orders(FRAME.assign(**cells))
    return str(error.value)


# Examples


def test_empty_cells_and_words_for_them() -> None:
    assert refused(ordered_at=["2024-01-01", "N/A", None, "2024-01-04"]) == (
        "orders: 2 of 4 rows have no readable date in 'ordered_at' (empty, 'N/A' or an error of the "
        'spreadsheet). Fill them in at the source, or pass unreadable="set_aside" to go on without '
        'them; orders.set_aside("unreadable_date") then shows them.'
    )


def test_empty_cells_beside_others() -> None:
    message = refused(amount=["5.5", "n/a", "ten", "7.5"])
    assert "2 of 4 rows have no readable amount in 'amount' ('ten', empty, 'N/A' or an" in message
    assert 'orders.set_aside("unreadable_amount") then shows them' in message


def test_the_column_at_fault_is_named_alone() -> None:
    message = refused(cost=["1.5", "2.5", "3.5", "20%"])
    assert "1 of 4 rows have no readable number in 'cost' ('20%')" in message
    assert 'unreadable="set_aside" to keep the rows without these numbers' in message
    message = refused(margin=["1.5", "2.5", "3.5", "20%"])
    assert "1 of 4 rows have no readable number in 'margin' ('20%')" in message


# Laws


@pytest.mark.parametrize(
    ("rule", "cells"),
    [
        ("unreadable_date", {"ordered_at": ["soon", "2024-01-02", "2024-01-03", "2024-01-04"]}),
        ("unreadable_amount", {"amount": ["ten", "1.5", "2.5", "3.5"]}),
        ("unreadable_number", {"cost": ["20%", "1.5", "2.5", "3.5"]}),
    ],
)
def test_what_a_message_advises_works(rule: str, cells: dict[str, Any]) -> None:
    assert f'orders.set_aside("{rule}") then shows them' in refused(**cells)
    found = read_orders(FRAME.assign(**cells), unreadable="set_aside").set_aside(rule)
    assert found["line_number"].tolist() == [1]
