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


def open_columnar(path: Path, label: str, request: Request) -> Part:
    """Open a Parquet file (whose rows are not read yet) or an Arrow file.

    Raises
    ------
    OrdersError
        If it is damaged, or something else.
    """
    with path.open("rb") as handle:
        is_arrow = handle.read(4) in (b"ARRO", b"FEA1")
    try:
        return Part(_arrow(path, request) if is_arrow else _parquet(path), label)
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise request.refusal(
            f"{label} could not be read as a table ({str(error).strip().splitlines()[0]}). Export it "
            "again, or save it as CSV (UTF-8) with one header row."
        ) from error


def _parquet(path: Path) -> Any:
    # Some writers do not say that their bytes are text.
    return scan("read_parquet", path, binary_as_string=True, hive_partitioning=True)


def _arrow(path: Path, request: Request) -> Any:
    return store_arrow(feather.read_table(path, memory_map=True), request)
