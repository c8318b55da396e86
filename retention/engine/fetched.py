"""Rows of any engine, as a table of the private DuckDB for as long as they are needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import ibis
import pyarrow.parquet as pq

from retention.engine.connection import store
from retention.engine.frames import to_arrow
from retention.engine.lost import told_if_lost
from retention.engine.place import place
from retention.engine.scan import scan
from retention.engine.workspace import temporary_folder

# Rows of a remote table in memory at a time.
BATCH = 100_000


@contextmanager
def fetched(rows: Any) -> Iterator[Any]:
    """The rows here, asked for once; nothing is made where they lie.

    Rows of a database come in batches, so that memory does not grow with them.
    """
    match place(rows):
        case "here":
            yield store(rows)
        case "spark":
            yield store(to_arrow(rows))
        case _:
            with _spooled(rows) as path:
                yield scan("read_parquet", path)


@contextmanager
def _spooled(rows: Any) -> Iterator[Path]:
    path = temporary_folder() / f"rows-{uuid4().hex}.parquet"
    try:
        with told_if_lost(), _batches(rows) as batches:
            _write(batches, path)
        yield path
    finally:
        path.unlink(missing_ok=True)


def _batches(rows: Any) -> Any:
    backend = ibis.get_backend(rows)
    if backend.name == "duckdb":
        # Ibis 12 asks by a name that DuckDB 2 no longer has.
        return backend.con.sql(backend.compile(rows)).to_arrow_reader(BATCH)
    return rows.to_pyarrow_batches(chunk_size=BATCH)


def _write(batches: Any, path: Path) -> None:
    with pq.ParquetWriter(path, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
