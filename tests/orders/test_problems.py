"""Problems of a table, gathered."""

from __future__ import annotations

import pytest

from retention.errors import OrdersError
from retention.orders.problems import Problems

# Examples


def test_nothing_found_refuses_nothing() -> None:
    problems = Problems("orders", "x.csv")
    with problems.collected():
        pass
    problems.refuse()
    assert not problems


def test_one_problem_keeps_its_words() -> None:
    problems = Problems("orders", "x.csv")
    with problems.collected():
        raise OrdersError("orders: no dates.")
    assert problems
    with pytest.raises(OrdersError, match=r"^orders: no dates\.$"):
        problems.refuse()


def test_several_are_numbered_and_the_table_is_named_once() -> None:
    problems = Problems("people", "x.csv")
    for what in ("no ids", "no days"):
        with problems.collected():
            raise OrdersError(f"people: {what}.")
    message = r"^people: 2 problems in x\.csv\. \(1\) no ids\. \(2\) no days\.$"
    with pytest.raises(OrdersError, match=message):
        problems.refuse()


def test_other_errors_pass() -> None:
    problems = Problems("orders", "x.csv")
    with pytest.raises(KeyError), problems.collected():
        raise KeyError("x")
