"""Parquet and Arrow files: typed columns as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

from retention.engine.scan import scan
from retention.orders.sources.arrow_rows import store_arrow
from retention.orders.sources.part import Part
from retention.orders.sources.request import Request


def open_columnar(path: Path, label: str, request: Request, *, is_own: bool = False) -> Part:
    """Open a Parquet file (whose rows are not read yet) or an Arrow file.

    Raises
    ------
    OrdersError
        If it is damaged, or something else.
    """
    with path.open("rb") as handle:
        is_arrow = handle.read(4) in (b"ARRO", b"FEA1")
    try:
        if is_arrow:
            return Part(_arrow(path, request), label)
        return Part(scan_parquet(path), label, path, is_own=is_own)
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise request.refusal(
            f"{label} could not be read as a table ({str(error).strip().splitlines()[0]}). Export it "
            "again, or save it as CSV (UTF-8) with one header row."
        ) from error


def scan_parquet(path: Path) -> Any:
    """The rows of a Parquet file, read by the engine in each query."""
    # Some writers do not say that their bytes are text.
    rows = scan("read_parquet", path, binary_as_string=True, hive_partitioning=True)
    lasting = {
        name: rows[name].cast("string").concat(f" {unit}")
        for name, unit in _durations(path).items()
        if name in rows.columns
    }
    return rows.mutate(**lasting) if lasting else rows


def _durations(path: Path) -> dict[str, str]:
    """Columns of durations with their unit: to the engine they are whole numbers, such as amounts."""
    try:
        schema = pq.read_schema(path)
    except pa.ArrowException:  # The engine reads more than Arrow does.
        return {}
    return {field.name: field.type.unit for field in schema if pa.types.is_duration(field.type)}


def _arrow(path: Path, request: Request) -> Any:
    return store_arrow(feather.read_table(path, memory_map=True), request)
