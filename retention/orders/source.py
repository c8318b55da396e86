"""Where the rows come from: files of any kind, frames, or an Ibis table."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow
from retention.engine.spark import with_moments
from retention.engine.unchanged import state_of, unchanged
from retention.engine.workspace import temporary_folder
from retention.orders.sources.arrow_rows import store_arrow
from retention.orders.sources.files import open_files
from retention.orders.sources.frame import store_frame
from retention.orders.sources.part import Part
from retention.orders.sources.paths import find_files, labels_of
from retention.orders.sources.request import Request
from retention.orders.sources.row_groups import are_many_groups, first_rows_of_groups
from retention.orders.sources.spread import PIECES, spread
from retention.orders.sources.text_file import mended
from retention.orders.sources.together import put_together
from retention.texts import text

SCANNED = (
    2**26
)  # bytes of plain text or Parquet from which on a table is not stored but read where it lies


@dataclass(frozen=True, eq=False)
class Source:
    """Rows as they came, and what to call them in a message.

    `sample`: stored rows from all over a file so large that `rows` are not stored: every query
    reads it again. `files` are the paths that were read.
    """

    rows: Any
    name: str
    is_remote: bool = False
    sample: Any = None
    files: tuple[str, ...] = ()


def open_source(
    source: object, noun: str = "orders", *, sheet: str | None = None, encoding: str | None = None
) -> Source:
    """Open files, a frame or an Ibis table; `noun` names the table in messages.

    `sheet` chooses one of several sheets of a workbook; `encoding` is for text whose bytes do not
    tell it.

    Raises
    ------
    OrdersError
        If there is no table there, or it cannot be read to the last row.
    ArgumentError
        If the encoding is not known.
    """
    if isinstance(source, Source):
        return source
    if isinstance(source, ir.Table):
        return _from_table(source)
    with _workspace() as folder:
        request = Request(noun, folder, None if sheet is None else str(sheet), encoding)
        if isinstance(source, (str, os.PathLike, list, tuple, set, frozenset)):
            return _from_files(source, request)
        return _from_memory(source, request)


@contextmanager
def reading(source: Source, noun: str = "orders") -> Iterator[None]:
    """Say which lines of a large file are wrong if a query over it fails.

    Raises
    ------
    OrdersError
        If the query inside fails on what stands in the file.
    """
    try:
        yield
    except duckdb.Error as error:
        if source.sample is None:
            raise
        with _workspace() as folder:
            request = Request(noun, folder)
            paths = [Path(name) for name in source.files]
            for part in open_files(paths, labels_of(paths), request):
                mended(part, request)
            raise _unreadable(source.name, error, request) from error


@contextmanager
def _workspace() -> Iterator[Path]:
    """A folder for what is unpacked or recoded, until it is stored."""
    folder = Path(tempfile.mkdtemp(dir=temporary_folder()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _from_table(table: Any) -> Source:
    backend = table.get_backend()
    rows = with_moments(table) if backend.name == "pyspark" else table
    return Source(rows, "the table", backend is not private_connection())


def _from_memory(source: object, request: Request) -> Source:
    if isinstance(source, pd.DataFrame):
        rows = store_frame(source, request)
        return Source(put_together([Part(rows, "")], request.noun), "the DataFrame")
    if type(source).__module__.startswith("polars") and hasattr(source, "collect"):
        source = source.collect()
    if not hasattr(source, "__arrow_c_stream__"):
        raise request.refusal(
            f"cannot read a {type(source).__name__}. Give a path to a CSV, Excel, Parquet or JSON "
            "file, several of them, a pandas or Polars DataFrame, an Arrow table, or an Ibis table."
        )
    what = f"the {type(source).__name__}"
    table = pa.RecordBatchReader.from_stream(source).read_all()
    if not table.num_rows:
        raise request.refusal(f"{what} has no rows. Check the filter that made it.")
    stored = store_arrow(table, request)
    return Source(put_together([Part(stored, "")], request.noun), what)


def _from_files(given: object, request: Request) -> Source:
    files = find_files(given, request)
    with unchanged({str(path): state_of(path) for path in files}):
        return _opened(given, files, request)


def _opened(given: object, files: list[Path], request: Request) -> Source:
    parts = open_files(files, labels_of(files), request)
    name = _name(given, files)
    paths = tuple(map(str, files))
    if _is_large(parts) and (sample := _sample(parts, request)) is not None:
        return Source(put_together(parts, request.noun), name, sample=sample, files=paths)
    return Source(_stored(parts, name, request), name, files=paths)


def _name(given: object, files: list[Path]) -> str:
    if len(files) == 1:
        return files[0].name
    if isinstance(given, (str, os.PathLike)):
        return f"{Path(os.fspath(given)).resolve().name} ({len(files)} files)"
    return f"{files[0].name} and {len(files) - 1} more"


def _is_large(parts: list[Part]) -> bool:
    is_there = all(part.path is not None and not part.is_own for part in parts)
    return is_there and _size(parts) > SCANNED


def _size(parts: list[Part]) -> int:
    return sum(part.path.stat().st_size for part in parts if part.path)


def _sample(parts: list[Part], request: Request) -> Any:
    """Rows from everywhere; None where the engine does not read even these."""
    if not are_many_groups(parts):
        return None
    every = _size(parts) // PIECES
    try:
        pieces = [_piece(part, every, request) for part in parts]
        found = [piece for piece in pieces if piece is not None]
        if len(found) < len(parts):
            return None
        sample = store(put_together(found, request.noun))
    except (duckdb.Error, pa.ArrowException):
        return None
    return sample if to_arrow(sample.limit(1)).num_rows else None


def _piece(part: Part, every: int, request: Request) -> Part | None:
    return spread(part, every, request) if part.text else first_rows_of_groups(part, request)


def _stored(parts: list[Part], name: str, request: Request) -> Any:
    """All rows, read once; text that the engine refuses is split again, row by row."""
    what = text("reading {name}", name=name)
    try:
        rows = store(put_together(parts, request.noun), what)
    except duckdb.Error:
        again = [mended(part, request) for part in parts]
        try:
            rows = store(put_together(again, request.noun), what)
        except duckdb.Error as error:
            raise _unreadable(name, error, request) from error
    if to_arrow(rows.limit(1)).num_rows == 0:
        raise request.refusal(f"{name} has a header but no rows. Export it again.")
    return _without_blank_columns(rows, parts)


def _without_blank_columns(rows: Any, parts: list[Part]) -> Any:
    """Columns without a name in the header and without a value below it are no columns."""
    unnamed = {name for part in parts if part.text for name in part.text.unnamed}
    unnamed &= set(rows.columns)
    if not unnamed:
        return rows
    filled = to_arrow(rows.agg(**{name: rows[name].count() for name in unnamed})).to_pylist()[0]
    return rows.drop(*(name for name, count in filled.items() if not count))


def _unreadable(name: str, error: duckdb.Error, request: Request) -> Exception:
    reason = str(error).strip().splitlines()[0]
    if "Parquet" in reason:
        return request.refusal(
            f"{name} could not be read as a table ({reason}). Bytes are read as text in UTF-8: cast "
            "such columns to text where the file is made; or export it again, if it is damaged."
        )
    return request.refusal(
        f"{name} could not be read as a table ({reason}). Open it in a text editor to see its first "
        "lines, and whether all lines end alike; save it as CSV (UTF-8) with one header row."
    )
