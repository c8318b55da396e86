"""The versions fit together, and the private DuckDB keeps what is used and nothing else."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa
from pandas.testing import assert_frame_equal
from strategies import shop_frame

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow
from retention.orders.read import read_orders
from retention.tables.customer_summary import customer_summary


def names(connection: Any) -> list[str]:
    """Ibis' own `list_tables` fails on DuckDB 2.0."""
    query = "SELECT table_name FROM information_schema.tables"
    return [name for (name,) in connection.raw_sql(query).fetchall()]


# Examples


def test_installed_versions_create_join_and_drop() -> None:
    connection = ibis.duckdb.connect()
    left = connection.create_table("left_side", pd.DataFrame({"id": [1, 2], "a": [10, 20]}))
    right = connection.create_table("right_side", pd.DataFrame({"id": [2, 3], "b": [200, 300]}))
    joined = left.join(right, "id")
    assert to_arrow(joined).to_pylist() == [{"id": 2, "a": 20, "b": 200}]
    connection.create_view("both", joined)
    connection.drop_view("both")
    connection.drop_table("left_side")
    connection.drop_table("right_side")
    assert names(connection) == []


def test_stored_table_lives_as_long_as_its_expressions() -> None:
    table = store(pa.table({"x": [1, 2, 3]}))
    name = table.op().name
    derived = table.filter(table.x > 1)
    del table
    gc.collect()
    assert to_arrow(derived).num_rows == 2
    assert name in names(private_connection())
    del derived
    gc.collect()
    assert name not in names(private_connection())


def test_somebody_elses_views_are_seen() -> None:
    frame = pd.DataFrame({"x": [1, 2]})
    assert to_arrow(ibis.memtable(frame)).num_rows == 2


# Laws


def test_threads_get_the_same_frames() -> None:
    orders = read_orders(shop_frame())
    expected = customer_summary(orders)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: customer_summary(orders), range(8)):
            assert_frame_equal(found, expected)
