"""Views are compiled once, keep what they read alive, and go with their last use."""

from __future__ import annotations

import gc
from collections.abc import Callable

import ibis
import pyarrow as pa
import pytest

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow
from retention.engine.view import view


def test_the_rows_are_those_of_the_expression() -> None:
    rows = store(pa.table({"x": [1, 2, 3]}))
    double = view(rows.mutate(y=rows.x * 2))
    assert "* 2" not in str(ibis.to_sql(double))
    assert to_arrow(double.filter(double.y > 2)).to_pydict() == {"x": [2, 3], "y": [4, 6]}


def test_it_holds_on_to_what_it_reads_and_goes_with_its_last_use(
    names: Callable[[], set[str]],
) -> None:
    rows = store(pa.table({"x": [1, 2, 3]}))
    read = rows.get_name()
    double = view(rows.mutate(y=rows.x * 2))
    own = double.get_name()
    total = double.agg(total=double.y.sum())
    del rows, double
    gc.collect()
    assert own in names()
    assert to_arrow(total).to_pydict() == {"total": [12]}
    del total
    gc.collect()
    assert own not in names()
    gc.collect()
    tables = private_connection().con.execute("select table_name from duckdb_tables()").fetchall()
    assert (read,) not in tables


def test_nothing_is_made_on_an_engine_of_somebody_else() -> None:
    connection = ibis.duckdb.connect()
    rows = connection.create_table("rows", pa.table({"x": [1]}))
    assert view(rows) is rows
    assert (
        connection.con.execute("select view_name from duckdb_views() where not internal").fetchall()
        == []
    )


# Refusals


def test_a_stop_on_the_way_is_one_and_leaves_nothing(
    request: pytest.FixtureRequest, names: Callable[[], set[str]]
) -> None:
    rows = store(pa.table({"x": [1]}))
    before = names()
    stopped = request.getfixturevalue("stopped")
    with pytest.raises(KeyboardInterrupt):
        view(rows)
    stopped.undo()
    assert names() == before
