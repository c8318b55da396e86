"""Results as a Parquet file, written by the private DuckDB without passing through memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from retention.engine.connection import private_connection
from retention.engine.progress import progress
from retention.engine.stopped import told_if_stopped


def write_parquet(rows: Any, path: Path, *, attrs: Mapping[str, Any], what: str) -> None:
    """Write an expression of the private DuckDB to `path`, whose content is replaced.

    `attrs` are kept in the file where pandas keeps them: `pd.read_parquet(path).attrs`.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    connection = private_connection()
    options = (
        "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, "
        f"KV_METADATA {{PANDAS_ATTRS: {_quoted(json.dumps(attrs))}}}"
    )
    query = f"COPY ({connection.compile(rows)}) TO {_quoted(str(path))} ({options})"
    cursor = connection.con.cursor()
    try:
        with progress(cursor, what), told_if_stopped():
            cursor.execute(query)
    except duckdb.IOException as error:
        raise OSError(str(error)) from error
    finally:
        cursor.close()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
