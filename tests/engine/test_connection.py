"""The versions fit together, and the private DuckDB keeps what is used and nothing else."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import ibis
import pandas as pd
import pyarrow as pa
from pandas.testing import assert_frame_equal
from strategies import shop_frame

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.orders.read import read_orders
from retention.tables.cohort_retention import cohort_retention
from retention.tables.customer_summary import customer_summary
from retention.tables.repurchase_intervals import repurchase_intervals

Names = Callable[..., set[str]]

# Examples


def test_installed_versions_create_join_and_drop(names: Names) -> None:
    connection = ibis.duckdb.connect()
    left = connection.create_table("left_side", pd.DataFrame({"id": [1, 2], "a": [10, 20]}))
    right = connection.create_table("right_side", pd.DataFrame({"id": [2, 3], "b": [200, 300]}))
    joined = left.join(right, "id")
    assert to_arrow(joined).to_pylist() == [{"id": 2, "a": 20, "b": 200}]
    connection.create_view("both", joined)
    connection.drop_view("both")
    connection.drop_table("left_side")
    connection.drop_table("right_side")
    assert names(connection) == set()


def test_stored_table_lives_as_long_as_its_expressions(names: Names) -> None:
    table = store(pa.table({"x": [1, 2, 3]}))
    name = table.op().name
    derived = table.filter(table.x > 1)
    del table
    gc.collect()
    assert to_arrow(derived).num_rows == 2
    assert name in names()
    del derived
    gc.collect()
    assert name not in names()


def test_somebody_elses_views_are_seen() -> None:
    frame = pd.DataFrame({"x": [1, 2]})
    assert to_arrow(ibis.memtable(frame)).num_rows == 2


# Laws


def test_threads_get_the_same_frames() -> None:
    """Nothing is kept before they start: they read, store and prepare at the same time."""
    frame, measures = shop_frame(), [customer_summary, cohort_retention, repurchase_intervals] * 2
    expected = [measure(read_orders(frame.copy())) for measure in measures]
    orders = read_orders(frame.copy())
    with ThreadPoolExecutor(6) as pool:
        shared = list(pool.map(lambda measure: measure(orders), measures))
        own = list(pool.map(lambda measure: measure(read_orders(frame.copy())), measures))
    for found, again, right in zip(shared, own, expected, strict=True):
        assert_frame_equal(found, right)
        assert_frame_equal(again, right)


def test_threads_open_one_connection() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
from retention.engine.connection import private_connection
with ThreadPoolExecutor(8) as pool:
    print(len(set(map(id, pool.map(lambda _: private_connection(), range(8))))))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
