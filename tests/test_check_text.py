"""What the command says of orders fits a terminal and leaves out what found nothing."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from retention.check_text import check_text
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

LINES = pd.DataFrame(
    {
        "customer_id": ["1", "2", "1", None, "2"],
        "order_id": ["A", "B", "C", "D", "E"],
        "ordered_at": ["2024-01-01", "2024-01-02", "2024-02-01", "2024-02-02", "2024-12-31"],
        "amount": [100_000, 200_000, 300_000, 50_000, 150_000],
        "phone": ["0951234567", "+84 951 234 567", "0951234567", None, "0951234567"],
    }
)


def lines_of(rows: pd.DataFrame = LINES, *, width: int = 96, **options: Any) -> list[str]:
    return check_text(read_orders(rows, currency="VND", **options), width=width).splitlines()


# examples


def test_lines_money_and_rates_stand_beside_each_rule() -> None:
    said = lines_of()
    assert said[0].startswith("Orders: 4 orders of 2 customers")
    rows = [line.split() for line in said if re.match(r"lines_|missing_", line)]
    assert rows[0] == ["lines_read", "5", "0", "0", "50.0%"]
    assert rows[1] == ["missing_customer", "1", "1", "50,000", "50.0%"]
    assert (
        "missing_customer: Set aside: nobody to follow. Repeat rates are about known"
        in " ".join(said)
    )
    assert ["average_order_value", "187,500", "187,500"] in [line.split() for line in said]
    assert ["repeat_rate_180", "50.0%", "50.0%"] in [line.split() for line in said]


def test_arguments_are_said_as_options() -> None:
    said = " ".join(line.strip() for line in lines_of())
    assert "Pass --history-start if it is not." in said
    assert "timezone=" not in said


def test_merged_people_are_shown_where_asked_for() -> None:
    said = lines_of(merge_by=["phone"])
    assert "People who stand for several ids, or for lines without one: 1." in said
    assert ["1", "2", "4"] in [line.split() for line in said]
    assert not [line for line in lines_of() if "People who stand" in line]
    apart = LINES.assign(phone=["0951234567", "0951234568", None, None, None])
    said = " ".join(lines_of(apart, merge_by=["phone"]))
    assert "People who stand for several ids, or for lines without one: 0." in said


# laws


@pytest.mark.parametrize("width", [60, 80, 96])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    name = "mã khách hàng " + "rất dài " * 20
    rows = LINES.rename(columns={"customer_id": name})
    said = lines_of(rows, width=width, columns={"customer_id": name}, merge_by=["phone"])
    assert max(map(len, said)) <= max(width, 80)
    assert [line for line in said if line != line.rstrip()] == []
