"""The one place where results leave the engine and become pandas, with the glossary's dtypes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from retention.engine.connection import private_connection
from retention.engine.lost import told_if_lost
from retention.engine.spark import in_utc
from retention.engine.stopped import told_if_stopped
from retention.engine.unchanged import unchanged
from retention.engine.watched import files_of
from retention.names import GLOSSARY

_ARROW = {
    "str": pa.string(),
    "int64": pa.int64(),
    "Int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "datetime64[us]": pa.timestamp("us"),
}
MONEY = "decimal(18, 4)"


def to_frame(expression: Any, columns: Sequence[str]) -> pd.DataFrame:
    """Run an expression and return exactly `columns`, typed by the glossary.

    Columns that it does not know keep the engine's kind: whole numbers, fractions or text. Text stays
    text: an attribute of the source may have a name that is a number of ours elsewhere.
    """
    rows = to_arrow(expression.select(*(_readable(expression[name]) for name in columns)))
    frame = pd.DataFrame(index=pd.RangeIndex(rows.num_rows))
    for name in columns:
        column = rows.column(name)
        frame[name] = _to_pandas(column, _dtype(name, column))
    return frame


def to_arrow(expression: Any) -> pa.Table:
    """Run an expression; on our own DuckDB with a cursor of its own, so that threads do not meet.

    A cursor does not see the temporary views of somebody else's connection.
    """
    backend = ibis.get_backend(expression)
    if backend is not private_connection():
        return _from_elsewhere(backend, expression)
    cursor = backend.con.cursor()
    try:
        with unchanged(files_of(expression)), told_if_stopped():
            return cursor.sql(backend.compile(expression)).to_arrow_table()
    finally:
        cursor.close()


def _from_elsewhere(backend: Any, expression: Any) -> pa.Table:
    if backend.name != "pyspark":
        with told_if_lost():
            return expression.to_pyarrow()
    # Ibis goes through pandas, by a way that pandas 3 closes.
    with in_utc(backend):
        return backend.raw_sql(backend.compile(expression)).toArrow()


def _dtype(name: str, column: pa.ChunkedArray) -> str:
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    if name in GLOSSARY and not is_text:
        return GLOSSARY[name].dtype
    if pa.types.is_integer(column.type):
        return "int64"
    is_number = pa.types.is_floating(column.type) or pa.types.is_decimal(column.type)
    return "float64" if is_number else "str"


def _readable(column: Any) -> Any:
    """Money leaves as the nearest float: engines divide exactly, Arrow's cast does not."""
    return column.cast("float64").name(column.get_name()) if column.type().is_decimal() else column


def _to_pandas(column: pa.ChunkedArray, dtype: str) -> pd.Series:
    series = column.cast(_ARROW[dtype], safe=False).to_pandas(integer_object_nulls=dtype == "Int64")
    typed: pd.Series = series.astype(dtype)
    return typed
