"""Parquet and Arrow files: typed columns as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.feather as feather

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
    return scan("read_parquet", path, binary_as_string=True, hive_partitioning=True)


def _arrow(path: Path, request: Request) -> Any:
    return store_arrow(feather.read_table(path, memory_map=True), request)
