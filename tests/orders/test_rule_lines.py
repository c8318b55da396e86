"""Whatever the audit names can be looked up, or is said to have no lines."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from strategies import lines

from retention.errors import ArgumentError
from retention.orders.read import read_orders
from retention.orders.rule_lines import SUMS, WHOLE

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

DAYS = ["2024-01-31", "2024-02-15", "2024-03-10"]

# Examples


def test_guests_are_the_orders_without_a_customer() -> None:
    frame = lines([None, "b", None], DAYS, order_id=["1", "2", "3"])
    orders = read_orders(frame.assign(status=["paid", "paid", "cancelled"]))
    assert orders.set_aside("guests")["order_id"].tolist() == ["1"]
    assert len(orders.set_aside("guests")) == orders.audit.set_index("rule").loc["guests", "lines"]


def test_lines_of_several_files_are_counted_file_by_file(tmp_path: Path) -> None:
    head = "customer_id,order_id,order_date,amount\n"
    (tmp_path / "1.csv").write_text(head + "a,1,2024-01-01,5\n,2,2024-01-02,6\n")
    (tmp_path / "2.csv").write_text(head + "b,3,2024-01-03,5\na,4,2024-02-01,5\n,5,2024-01-02,6\n")
    found = read_orders([tmp_path / "1.csv", tmp_path / "2.csv"]).set_aside("missing_customer")
    assert found[["line_number", "source_file"]].to_numpy().tolist() == [[2, "1.csv"], [3, "2.csv"]]
    alone = read_orders(tmp_path / "1.csv").set_aside("missing_customer")
    assert alone["line_number"].tolist() == [2]
    assert "source_file" not in alone


def test_lines_after_the_cut() -> None:
    found = read_orders(lines("aab", DAYS)).at("2024-02-15").set_aside("after_as_of")
    assert found["ordered_at"].tolist() == [pd.Timestamp("2024-03-10")]


# Laws


def test_every_row_of_the_audit_has_lines_or_says_why_not() -> None:
    orders = read_orders(lines("aab", DAYS))
    for rule in orders.audit["rule"]:
        if rule in (*WHOLE, *SUMS):
            with pytest.raises(ArgumentError, match=f"rule: '{rule}' is .*'missing_customer'"):
                orders.set_aside(rule)
        else:
            assert "line_number" in orders.set_aside(rule)


# Refusals


def test_rules_without_lines() -> None:
    orders = read_orders(lines("aab", DAYS))
    with pytest.raises(
        ArgumentError,
        match=r"rule: 'stale_as_of' is about the orders as a whole, no single line is behind it; its "
        r"sentence stands in orders.audit\. Lines are behind 'repeated_header', ",
    ):
        orders.set_aside("stale_as_of")
    with pytest.raises(
        ArgumentError, match=r"rule: 'lines_used' is a sum over the lines, .* orders.to_pandas\(\)"
    ):
        orders.set_aside("lines_used")
