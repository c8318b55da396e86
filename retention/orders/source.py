"""Where the rows come from: a CSV or Parquet file, a pandas frame, or an Ibis table."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from retention.engine.connection import private_connection, store
from retention.engine.frames import to_arrow
from retention.errors import OrdersError, examples

SEPARATORS = (",", ";", "\t", "|")
READERS = (".csv", ".tsv", ".txt", ".parquet")


@dataclass(frozen=True, eq=False)
class Source:
    """Rows as they came, and what to call them in a message."""

    rows: Any
    name: str
    is_remote: bool = False


def open_source(source: object, noun: str = "orders") -> Source:
    """Open a path, frame or Ibis table; `noun` names the table in messages.

    Raises
    ------
    OrdersError
        If there is nothing readable there.
    """
    if isinstance(source, Source):
        return source
    if isinstance(source, pd.DataFrame):
        return Source(_from_frame(source, noun), "the DataFrame")
    if isinstance(source, ir.Table):
        is_remote = source.get_backend() is not private_connection()
        return Source(source, "the table", is_remote)
    if isinstance(source, (str, Path)):
        return Source(_from_path(Path(source), noun), Path(source).name)
    raise OrdersError(
        f"{noun}: cannot read a {type(source).__name__}. Give a path to a CSV or Parquet file, a "
        "pandas DataFrame, or an Ibis table."
    )


def _from_path(path: Path, noun: str) -> Any:
    _require_file(path, noun)
    if path.suffix.lower() not in READERS:
        raise OrdersError(
            f"{noun}: {path.name} is not a kind of file that is read here ({', '.join(READERS)}). "
            "Save it as CSV (UTF-8) or Parquet, or read it with pandas and pass the DataFrame."
        )
    try:
        rows = _read_parquet(path) if path.suffix.lower() == ".parquet" else _read_text(path, noun)
    except (duckdb.Error, pa.ArrowException) as error:
        reason = str(error).strip().splitlines()[0]
        raise OrdersError(
            f"{noun}: {path.name} could not be read as a table ({reason}). Open it in a text editor "
            "to see its first lines; save it as CSV (UTF-8) with one header row."
        ) from error
    if to_arrow(rows.limit(1)).num_rows == 0:
        raise OrdersError(f"{noun}: {path.name} has a header but no rows. Export it again.")
    return rows


def _require_file(path: Path, noun: str) -> None:
    if path.is_dir():
        raise OrdersError(f"{noun}: {path} is a folder. Give the path of one file in it.")
    if not path.exists():
        raise OrdersError(
            f"{noun}: there is no file {path}. Check the spelling; the folder it was looked for in "
            f"is {path.absolute().parent}."
        )
    try:
        with path.open("rb") as handle:
            head = handle.read(4096)
    except PermissionError as error:
        raise OrdersError(
            f"{noun}: {path} may not be read (no permission). Ask its owner, or copy it to a folder "
            "of yours."
        ) from error
    if not head.strip():
        raise OrdersError(f"{noun}: {path.name} is empty. Export it again.")
    if path.suffix.lower() != ".parquet" and b"\0" in head:
        raise OrdersError(
            f"{noun}: {path.name} is not a text file. Save it as CSV (UTF-8) and read that."
        )


def _read_parquet(path: Path) -> Any:
    return _stored(private_connection().read_parquet(str(path)))


def _stored(view: Any) -> Any:
    """The rows themselves: the file may be moved or changed afterwards, and the view is dropped."""
    table = store(view)
    private_connection().drop_view(view.get_name(), force=True)
    return table


def _read_text(path: Path, noun: str) -> Any:
    """Every cell as text: ids keep their zeros, and dates and amounts are read by our own rules."""
    header = _header(path, noun)
    separator = max(SEPARATORS, key=header.count)
    _refuse_same_names(next(csv.reader([header], delimiter=separator)), noun)
    table = private_connection().read_csv(
        str(path), all_varchar=True, header=True, sep=separator, quote='"', escape='"', nullstr=""
    )
    return _stored(table)


def _header(path: Path, noun: str) -> str:
    try:
        with path.open(encoding="utf-8-sig") as handle:
            header = handle.readline()
            for _ in handle:
                pass
    except UnicodeDecodeError as error:
        raise OrdersError(
            f"{noun}: {path.name} is not UTF-8 (byte {error.start}). In Excel choose 'CSV UTF-8' "
            'when saving, or read it with pandas.read_csv(..., encoding="cp1258").'
        ) from error
    if not any(separator in header for separator in SEPARATORS):
        raise OrdersError(
            f"{noun}: the first line of {path.name} has no separator ({examples([header.strip()])}). "
            "It must name the columns, separated by comma, semicolon or tab."
        )
    return header


def _from_frame(frame: pd.DataFrame, noun: str) -> Any:
    if frame.empty:
        raise OrdersError(f"{noun}: the DataFrame has no rows. Check the filter that made it.")
    _refuse_same_names([str(name) for name in frame.columns], noun)
    columns = {str(name): _to_arrow(frame[name]) for name in frame.columns}
    return store(pa.table(columns))


def _refuse_same_names(names: Sequence[str], noun: str) -> None:
    """Engines do not tell capital letters apart."""
    plain = [name.strip().casefold() for name in names]
    twice = [name for name, low in zip(names, plain, strict=True) if plain.count(low) > 1]
    if twice:
        raise OrdersError(
            f"{noun}: {len(twice)} columns share a name ({examples(twice)}; capital letters do not "
            "count). Rename them first."
        )


def _to_arrow(column: pd.Series) -> pa.Array:
    """Arrow as it is; anything mixed, and anything Arrow has no type for, as text."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = _to_arrow(pd.Series(column.cat.categories))
        codes = pa.array(column.cat.codes, mask=column.isna().to_numpy())
        return values.take(codes)
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    if column.dtype != object:
        return pa.Array.from_pandas(column)
    present = [value for value in column if not _is_missing(value)]
    if present and all(isinstance(value, Decimal) for value in present):
        return pa.Array.from_pandas(column)
    return pa.array(
        [None if _is_missing(value) else _as_text(value) for value in column], pa.string()
    )


def _as_text(value: object) -> str:
    """Whole floats lose their `.0`, so that 17850.0 and 17850 are one id."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value
