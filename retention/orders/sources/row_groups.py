"""Rows from all over a large Parquet file: the beginnings of its row groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from retention.orders.sources.columnar import scan_parquet
from retention.orders.sources.part import Part
from retention.orders.sources.request import Request

GROUPS = 8  # fewer would tell of a few months only
ROWS = 2**12  # of a group: only its first pages are unpacked


def first_rows_of_groups(part: Part, request: Request) -> Part | None:
    """A part with the first rows of each row group; None where these cannot stand for the file."""
    if part.path is None:
        raise TypeError("only files have row groups")
    path = request.new_file(".parquet")
    _copy(part.path, path)
    rows = scan_parquet(path)
    # Partitions named by folders, and what Arrow reads otherwise than the engine.
    return replace(part, rows=rows, path=path) if rows.schema() == part.rows.schema() else None


def are_many_groups(parts: Sequence[Part]) -> bool:
    """Whether the row groups of all Parquet files lie all over the rows; true where there is none."""
    paths = [part.path for part in parts if part.path and part.text is None]
    return not paths or sum(pq.read_metadata(path).num_row_groups for path in paths) >= GROUPS


def _copy(source: Path, target: Path) -> None:
    with pq.ParquetFile(source) as file, pq.ParquetWriter(target, file.schema_arrow) as copy:
        for batch in _beginnings(file):
            copy.write_batch(batch)


def _beginnings(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    for group in range(file.num_row_groups):
        batches = file.iter_batches(batch_size=ROWS, row_groups=[group], use_threads=False)
        yield from (batch for batch, _ in zip(batches, range(1), strict=False))
