"""A table in the user's database: a new one, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest

from retention.engine.frames import to_frame
from retention.engine.warehouse import check_table, write_table
from retention.errors import ArgumentError

BROKEN = {
    "duckdb": "SELECT CAST(error('broken') AS BIGINT) AS \"T\"",
    "postgres": 'SELECT 1 / (n - 3) AS "T" FROM generate_series(1, 5) AS t(n)',
    "pyspark": "SELECT IF(id < 3, id, CAST(raise_error('broken') AS BIGINT)) AS T FROM range(5)",
}
HOME = {"duckdb": "main", "postgres": "public", "pyspark": "default"}
pytestmark = pytest.mark.slow


@pytest.fixture
def name(backend: Any) -> Iterator[str]:
    table = f"Scores_{uuid4().hex}"
    yield f"{HOME[backend.connection.name]}.{table}"
    backend.connection.drop_table(table, force=True)


def test_a_table_in_a_schema(backend: Any, name: str) -> None:
    rows = backend.table(pd.DataFrame({"T": [1, 2]}))
    check_table(rows, name)
    write_table(rows, name)
    schema, table = name.split(".")
    found = to_frame(backend.connection.table(table, database=schema), ["T"])
    assert sorted(found["T"]) == [1, 2]
    with pytest.raises(ArgumentError, match=r"there is a table or view .* already"):
        check_table(rows, name)


def test_a_query_that_fails_leaves_no_table(backend: Any, name: str) -> None:
    broken = backend.connection.sql(BROKEN[backend.connection.name], schema={"T": "int64"})
    with pytest.raises(Exception, match=r"broken|division by zero"):
        write_table(broken, name)
    rows = backend.table(pd.DataFrame({"T": [1, 2]}))
    check_table(rows, name)
    write_table(rows, name)
