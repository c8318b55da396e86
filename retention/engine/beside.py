"""A small table of ours beside the rows of an engine, only while it is needed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import ibis
import pyarrow as pa
import pyarrow.csv

from retention.engine.connection import store
from retention.engine.place import place

# Rows in a message to the database.
BATCH = 100_000


@contextmanager
def beside(rows: Any, table: pa.Table) -> Iterator[Any]:
    """`table` where `rows` lie, to be joined with them; gone afterwards, also after an error.

    In a database it is a temporary table, on Spark a temporary view. In the private DuckDB it goes
    with its last use.
    """
    backend, name = ibis.get_backend(rows), f"retention_{uuid4().hex}"
    match place(rows):
        case "here":
            yield store(table)
        case "spark":
            with _viewed(backend, name, table) as view:
                yield view
        case _:
            with _lent(backend, name, table) as lent:
                yield lent


@contextmanager
def _viewed(backend: Any, name: str, table: pa.Table) -> Iterator[Any]:
    session = backend._session
    session.createDataFrame(table).createOrReplaceTempView(name)
    try:
        yield backend.table(name)
    finally:
        with suppress(Exception):  # as below
            session.catalog.dropTempView(name)


@contextmanager
def _lent(backend: Any, name: str, table: pa.Table) -> Iterator[Any]:
    try:
        if backend.name == "postgres":
            yield _copied(backend, name, table)
        else:
            yield backend.create_table(name, table, temp=True)
    finally:
        # Where the connection was lost, the table went with it: what is told is the first error.
        with suppress(Exception):
            backend.drop_table(name, force=True)


def _copied(backend: Any, name: str, table: pa.Table) -> Any:
    """By COPY: Ibis would send every row as a statement of its own."""
    lent = backend.create_table(name, schema=ibis.schema(table.schema), temp=True)
    with backend.begin() as cursor, cursor.copy(f'COPY "{name}" FROM STDIN (FORMAT csv)') as copy:
        for batch in table.to_batches(max_chunksize=BATCH):
            copy.write(_csv(batch))
    return lent


def _csv(batch: pa.RecordBatch) -> bytes:
    """Numbers in as many digits as lead back to them."""
    text = io.BytesIO()
    pa.csv.write_csv(batch, text, pa.csv.WriteOptions(include_header=False))
    return text.getvalue()
