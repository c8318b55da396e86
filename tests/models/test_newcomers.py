"""How many customers are won on a usual day."""

from __future__ import annotations

from strategies import lines

from retention.models.newcomers import newcomers_before, newcomers_between
from retention.orders.read import read_orders

# Examples


def test_the_first_day_of_the_orders_is_left_out() -> None:
    """Three on the first day, who may be older; two on the second."""
    days = ["2024-01-01"] * 3 + ["2024-01-02"] * 2
    assert newcomers_before(read_orders(lines("abcde", days))).a_day == 2


def test_a_single_day_is_all_there_is() -> None:
    assert newcomers_before(read_orders(lines("abc", ["2024-01-01"] * 3))).a_day == 3


def test_between_two_days_by_hand() -> None:
    """b and c are new in the last three days; a came before, and again."""
    frame = lines("aabc", ["2024-01-01", "2024-01-09", "2024-01-08", "2024-01-10"])
    assert newcomers_between(read_orders(frame), 3).a_day == 2 / 3
