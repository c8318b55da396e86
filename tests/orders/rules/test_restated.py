"""Lines that a later file tells again with another status count as the later file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from retention.orders.orders import Orders
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

COLUMNS = ["customer_id", "order_id", "ordered_at", "product", "amount", "status"]
JANUARY = [
    ("a", "1", "2024-01-05", "Tea", 10.0, "completed"), ("b", "2", "2024-01-30", "Tea", 20.0, "pending"),
    ("c", "3", "2024-01-31", "Tea", 30.0, "completed"), ("c", "3", "2024-01-31", "Cup", 5.0, "completed"),
]  # fmt: skip
FEBRUARY = [
    ("b", "2", "2024-01-30", "Tea", 20.0, "completed"), ("c", "3", "2024-01-31", "Tea", 30.0, "cancelled"),
    ("c", "3", "2024-01-31", "Cup", 5.0, "completed"), ("d", "4", "2024-02-20", "Tea", 40.0, "completed"),
]  # fmt: skip


def read(folder: Path, **files: list[tuple[Any, ...]]) -> Orders:
    paths = [folder / f"{name}.csv" for name in files]
    for path, rows in zip(paths, files.values(), strict=True):
        pd.DataFrame(rows, columns=COLUMNS).to_csv(path, index=False)
    return read_orders(paths)


def aside(orders: Orders) -> dict[str, int]:
    found = orders.audit.set_index("rule")["lines_set_aside"]
    return {str(rule): int(count) for rule, count in found[found > 0].items()}


# Examples


def test_the_later_file_decides(tmp_path: Path) -> None:
    orders = read(tmp_path, january=JANUARY, february=FEBRUARY)
    assert aside(orders) == {"overlapping_files": 1, "restated": 2, "cancelled": 1}
    got = orders.to_pandas()
    assert got["customer_id"].tolist() == ["a", "b", "c", "d"]
    assert got["amount"].tolist() == [10.0, 20.0, 5.0, 40.0]


def test_later_is_the_file_whose_orders_run_longer(tmp_path: Path) -> None:
    """In the alphabet, February comes first."""
    got = read(tmp_path, february=FEBRUARY, january=JANUARY)
    assert aside(got) == {"overlapping_files": 1, "restated": 2, "cancelled": 1}
    assert got.to_pandas()["amount"].tolist() == [10.0, 20.0, 5.0, 40.0]


def test_a_status_that_the_later_file_has_too_stays(tmp_path: Path) -> None:
    """Two cups, of which one was cancelled since."""
    cup = ("a", "1", "2024-01-05", "Cup", 5.0)
    orders = read(
        tmp_path,
        january=[(*cup, "completed"), ("b", "2", "2024-01-31", "Tea", 1.0, "completed")],
        february=[(*cup, "cancelled"), (*cup, "completed"), *FEBRUARY[3:]],
    )
    assert aside(orders) == {"overlapping_files": 1, "cancelled": 1}
    assert orders.audit.set_index("rule").loc["order_two_states", "orders"] == 1


def test_one_file_is_not_judged(tmp_path: Path) -> None:
    assert aside(read(tmp_path, all=[*JANUARY[:1], *FEBRUARY, JANUARY[2]])) == {"cancelled": 1}


def test_another_amount_is_another_line(tmp_path: Path) -> None:
    other = [("a", "1", "2024-01-05", "Tea", 11.0, "cancelled"), *FEBRUARY[3:]]
    assert aside(read(tmp_path, january=JANUARY[:1], february=other)) == {"cancelled": 1}
