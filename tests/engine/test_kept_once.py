"""What many measures build on is stored with the rows, once, and goes with them."""

from __future__ import annotations

import gc
from typing import Any

import ibis
import pyarrow as pa

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow
from retention.engine.kept_once import kept_once

CALLS: list[Any] = []


@kept_once
def _doubled(rows: Any, by: int = 2) -> Any:
    CALLS.append(by)
    return rows.mutate(y=rows.x * by)


def tables() -> set[str]:
    found = private_connection().con.execute("select table_name from duckdb_tables()").fetchall()
    return {name for (name,) in found}


def test_made_once_per_argument() -> None:
    CALLS.clear()
    rows = store(pa.table({"x": [1, 2]}))
    first, second = _doubled(rows), _doubled(rows)
    assert first is second
    assert to_arrow(_doubled(rows, by=3))["y"].to_pylist() == [3, 6]
    assert CALLS == [2, 3]


def test_it_goes_with_the_rows() -> None:
    gc.collect()
    before = tables()
    rows = store(pa.table({"x": [1, 2]}))
    double = _doubled(rows)
    assert len(tables() - before) == 2
    del rows
    gc.collect()
    # What somebody still holds stays.
    assert to_arrow(double)["y"].to_pylist() == [2, 4]
    del double
    gc.collect()
    assert tables() <= before


def test_rows_without_a_name_and_rows_elsewhere_are_left_where_they_are() -> None:
    gc.collect()
    rows = store(pa.table({"x": [1, 2]}))
    before = tables()
    unnamed = _doubled(rows.filter(rows.x > 1))
    assert to_arrow(unnamed)["y"].to_pylist() == [4]
    assert tables() == before
    connection = ibis.duckdb.connect()
    theirs = connection.create_table("rows", pa.table({"x": [1]}))
    assert to_arrow(_doubled(theirs))["y"].to_pylist() == [2]
    assert connection.con.execute("select table_name from duckdb_tables()").fetchall() == [
        ("rows",)
    ]
