"""Whatever the dialect, a table is read exactly or refused: never misread, never a crash."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from orders.written_tables import (
    Dialect,
    Line,
    random_dialect,
    random_lines,
    read_back,
    true_orders,
)
from strategies import exactly

from retention.errors import OrdersError
from retention.orders.orders import Orders
from retention.orders.read import read_orders

pytestmark = pytest.mark.slow  # every read and audit asks the engine some twenty times

SEEDS = st.integers(0, 2**32 - 1)


def read(content: bytes, **options: Any) -> Orders:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "orders.csv"
        path.write_bytes(content)
        return read_orders(path, **options)


def read_if_possible(content: bytes, **options: Any) -> Orders | None:
    """None where it is refused; any other exception and any warning is a failure."""
    try:
        return read(content, **options)
    except OrdersError as refusal:
        assert str(refusal).startswith("orders: ")
        return None


def assert_truth(orders: Orders, lines: Sequence[Line], dialect: Dialect) -> None:
    assert read_back(orders.to_pandas(), dialect) == true_orders(lines, dialect)


def assert_every_line(orders: Orders, lines: Sequence[Line]) -> None:
    audit = orders.audit.set_index("rule")
    assert audit.loc["lines_read", "lines"] == len(lines)
    assert audit.loc["lines_used", "lines"] == len(lines)


# Laws


@given(SEEDS)
def test_a_table_is_read_exactly_or_refused(seed: int) -> None:
    random = Random(seed)
    lines, dialect = random_lines(random), random_dialect(random)
    orders = read_if_possible(dialect.file(lines))
    if orders is not None:
        assert_truth(orders, lines, dialect)


@pytest.mark.slow
@given(SEEDS)
def test_with_the_formats_said_it_is_read(seed: int) -> None:
    random = Random(seed)
    lines, dialect = random_lines(random), random_dialect(random)
    assume(dialect.encoding != "windows-1258")
    orders = read(dialect.file(lines), **dialect.hints)
    assert_truth(orders, lines, dialect)
    assert_every_line(orders, lines)


@pytest.mark.slow
@given(SEEDS)
def test_row_order_does_not_matter(seed: int) -> None:
    random = Random(seed)
    lines, dialect = random_lines(random), random_dialect(random)
    shuffled = random.sample(lines, len(lines))
    one, other = (read_if_possible(dialect.file(rows)) for rows in (lines, shuffled))
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert read_back(one.to_pandas(), dialect) == read_back(other.to_pandas(), dialect)
        pd.testing.assert_frame_equal(one.audit, other.audit)


@pytest.mark.slow
@given(SEEDS)
def test_chunking_does_not_matter(seed: int) -> None:
    random = Random(seed)
    lines, dialect = random_lines(random), random_dialect(random)
    cut = random.randint(1, len(lines) - 1)
    whole = read_if_possible(dialect.file(lines), **dialect.hints)
    with tempfile.TemporaryDirectory() as folder:
        for name, part in (("a", lines[:cut]), ("b", lines[cut:])):
            (Path(folder) / f"{name}.csv").write_bytes(dialect.file(part))
        try:
            parts = read_orders(folder, **dialect.hints)
        except OrdersError:
            assert whole is None
            return
    assert_truth(parts, lines, dialect)


DIRT = ("", "N/A", "soon", "31/02/2024", "1.2.3.4", "-", "0000000000", "1850-01-01", "2150-01-01")


@pytest.mark.slow
@given(SEEDS)
def test_lines_and_money_in_are_used_or_set_aside(seed: int) -> None:
    """Cells made dirty, lines repeated, orders cancelled and paid back: every line is somewhere."""
    random = Random(seed)
    rows = dirty_rows(random)
    frame = pd.DataFrame(
        rows, columns=["customer_id", "order_id", "ordered_at", "amount", "status"]
    )
    orders = read_if_possible_frame(frame)
    if orders is None:
        return
    audit = orders.audit.set_index("rule")
    aside = audit.drop(index=["lines_read", "lines_used"])
    assert audit.loc["lines_read", "lines"] == len(frame)
    assert audit.loc["lines_used", "lines"] + aside["lines_set_aside"].sum() == len(frame)
    money = exactly(audit.loc[["lines_used"], "amount"]) + exactly(aside["amount_set_aside"])
    assert money == exactly(audit.loc[["lines_read"], "amount"])
    assert exactly(orders.to_pandas()["amount"]) == exactly(audit.loc[["lines_used"], "amount"])
    shown = sum(len(orders.set_aside(rule)) for rule in aside.index[aside["lines_set_aside"] > 0])
    assert shown == aside["lines_set_aside"].sum()


def dirty_rows(random: Random) -> list[list[str]]:
    states = ("completed", "completed", "cancelled", "returned", "pending", "")
    rows = [
        [line.customer, line.order, f"{line.time}", f"{line.amount}", random.choice(states)]
        for line in random_lines(random)
    ]
    for row in random.sample(rows, len(rows) // 4):
        row[random.randrange(4)] = random.choice(DIRT)
    for row in random.sample(rows, len(rows) // 4):
        paid_back = f"-{row[3]}" if row[3][:1].isdigit() else row[3]
        rows.append([*row[:3], paid_back, row[4]])
    return [*rows, *random.sample(rows, len(rows) // 5)]


def read_if_possible_frame(frame: pd.DataFrame, **options: Any) -> Orders | None:
    try:
        return read_orders(frame, unreadable="set_aside", **options)
    except OrdersError:
        return None


TYPES = {
    "customer_id": ("str", "object", "string", "category", "string[pyarrow]"),
    "ordered_at": ("datetime64[us]", "datetime64[ns]", "datetime64[ms]", "object", "str"),
    "amount": ("float64", "Float64", "object", "str", "double[pyarrow]"),
}


@pytest.mark.slow
@given(SEEDS)
def test_the_dtype_does_not_matter(seed: int) -> None:
    random = Random(seed)
    lines, dialect = random_lines(random), random_dialect(random)
    frame = pd.DataFrame(
        {
            "customer_id": [line.customer for line in lines],
            "order_id": [line.order for line in lines],
            "ordered_at": pd.to_datetime([line.time for line in lines]),
            "amount": [float(line.amount) for line in lines],
            "product": [line.product for line in lines],
        }
    )
    typed = frame.astype({name: random.choice(kinds) for name, kinds in TYPES.items()})
    orders = read_orders(typed, decimal=".")
    exact = Dialect(**vars(dialect) | {"has_order_id": True, "time_style": " %H:%M", "places": 2})
    assert read_back(orders.to_pandas(), exact) == true_orders(lines, exact)
    assert exactly(orders.to_pandas()["amount"]) == sum((x.amount for x in lines), Decimal(0))
