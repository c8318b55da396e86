"""Local time: one line per dialect, because a cast followed by `.date()` gave the wrong day."""

from __future__ import annotations

from typing import Any

import ibis


@ibis.udf.scalar.builtin(name="timezone", signature=(("string", "timestamp('UTC')"), "timestamp"))
def _at_zone(zone: Any, moment: Any) -> Any:
    """DuckDB and PostgreSQL: AT TIME ZONE."""


@ibis.udf.scalar.builtin(
    name="from_utc_timestamp", signature=(("timestamp('UTC')", "string"), "timestamp")
)
def _from_utc(moment: Any, zone: Any) -> Any:
    """Spark."""


@ibis.udf.scalar.builtin(name="datetime", signature=(("timestamp('UTC')", "string"), "timestamp"))
def _datetime(moment: Any, zone: Any) -> Any:
    """BigQuery."""


@ibis.udf.scalar.builtin(
    name="convert_timezone", signature=(("string", "timestamp('UTC')"), "timestamp('UTC')")
)
def _converted(zone: Any, moment: Any) -> Any:
    """Snowflake: still with an offset, which the cast leaves out."""


def local_time(moment: Any, timezone: str, dialect: str) -> Any:
    """A naive local timestamp; naive columns are local already."""
    kind = moment.type()
    if kind.is_date():
        return moment.cast("timestamp")
    if getattr(kind, "timezone", None) is None:
        return moment
    if dialect == "pyspark":
        return _from_utc(moment, timezone)
    if dialect == "bigquery":
        return _datetime(moment, timezone)
    if dialect == "snowflake":
        return _converted(timezone, moment).cast("timestamp")
    return _at_zone(timezone, moment)
