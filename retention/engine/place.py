"""Where rows lie: here, on Spark, or in somebody's database."""

from __future__ import annotations

from typing import Any, Literal

import ibis

from retention.engine.connection import private_connection


def place(rows: Any) -> Literal["here", "spark", "database"]:
    """Where an expression is calculated; here is the private DuckDB.

    Examples
    --------
    >>> place(ibis.duckdb.connect().create_table("orders", schema={"amount": "float64"}))
    'database'
    """
    backend = ibis.get_backend(rows)
    if backend is private_connection():
        return "here"
    return "spark" if backend.name == "pyspark" else "database"
