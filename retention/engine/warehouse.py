"""Results as a table of the database in which the orders lie, where the user asks for one."""

from __future__ import annotations

from typing import Any

import ibis
import sqlglot.expressions as sge
from ibis.common.exceptions import TableNotFound

from retention.engine.frames import to_arrow
from retention.engine.lost import told_if_lost
from retention.engine.place import place
from retention.engine.spark import in_utc
from retention.errors import ArgumentError, examples


def check_table(rows: Any, name: str) -> None:
    """Refuse a name under which no new table can be made where `rows` lie.

    Raises
    ------
    ArgumentError
        If the name is none, is taken, or its schema is not there, or if the rows lie in no database.
    """
    if place(rows) == "here":
        raise ArgumentError(
            f"to: {name!r} names a table, and the orders lie in no database but were read from a "
            "file or a frame. Pass a name that ends in .parquet, or to=None for a DataFrame."
        )
    parts = name.split(".")
    if len(parts) > 2 or not all(part.isidentifier() for part in parts):
        raise ArgumentError(
            f"to: {name!r} is neither a file nor a table. Pass 'table' or 'schema.table', in letters, "
            "digits and underscores, or a path that ends in .parquet."
        )
    backend = ibis.get_backend(rows)
    _refuse_taken(backend, name, schema=parts[0] if len(parts) == 2 else None, table=parts[-1])


def write_table(rows: Any, name: str) -> None:
    """Make the table and fill it, in one statement: there is a whole table or none."""
    backend = ibis.get_backend(rows)
    if place(rows) == "spark":
        with in_utc(backend):
            found = backend.raw_sql(backend.compile(rows))
            found.write.mode("error").saveAsTable(_quoted(name, "spark"))
        return
    query = f"CREATE TABLE {_quoted(name, backend.dialect)} AS {backend.compile(rows)}"
    with told_if_lost(), backend._safe_raw_sql(query):
        pass


def _refuse_taken(backend: Any, name: str, *, schema: str | None, table: str) -> None:
    if schema is not None and schema not in (schemas := _schemas(backend)):
        raise ArgumentError(
            f"to: there is no schema {schema!r} for {name!r}; there are {len(schemas)} "
            f"({examples(sorted(schemas))}). Make it first, or pass another name."
        )
    try:
        backend.table(table, database=schema)
    except TableNotFound:
        return
    raise ArgumentError(
        f"to: there is a table or view {name!r} already, and nothing of yours is replaced. "
        "Drop it first, or pass another name."
    )


def _schemas(backend: Any) -> list[str]:
    if backend.name == "duckdb":
        # Ibis 12 asks for the list by a name that DuckDB 2 no longer has.
        known = backend.table("schemata", database="information_schema")
        return [str(schema) for schema in to_arrow(known.select("schema_name"))[0].to_pylist()]
    return [str(schema) for schema in backend.list_databases()]


def _quoted(name: str, dialect: Any) -> str:
    parts = [sge.to_identifier(part, quoted=True).sql(dialect) for part in name.split(".")]
    return ".".join(parts)
