"""pandas frames: every dtype there is, with ids and money as exact as they came."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa

from retention.errors import examples
from retention.orders.sources.arrow_rows import known_kind, store_arrow
from retention.orders.sources.request import Request


def store_frame(frame: pd.DataFrame, request: Request) -> Any:
    """Store a frame; an index with a name is a column like the others.

    Raises
    ------
    OrdersError
        If it has no rows, columns of several levels, or two columns that share a name.
    """
    if isinstance(frame.columns, pd.MultiIndex):
        raise request.refusal(
            f"the DataFrame has columns of {frame.columns.nlevels} levels "
            f"({examples(frame.columns)}). Make them one: "
            'frame.columns = ["_".join(map(str, name)) for name in frame.columns].'
        )
    if frame.empty:
        raise request.refusal("the DataFrame has no rows. Check the filter that made it.")
    frame = _with_index(frame)
    columns = [_to_arrow(frame.iloc[:, number]) for number in range(frame.shape[1])]
    return store_arrow(
        pa.Table.from_arrays(columns, [_whole(str(name)) for name in frame.columns]), request
    )


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """Named levels of the index become the first columns, unless a column has the name already."""
    present = {str(name) for name in frame.columns}
    names = [name for name in frame.index.names if name is not None and str(name) not in present]
    if not names:
        return frame
    levels = frame.index.to_frame(index=False)[names]
    return pd.concat([levels, frame.reset_index(drop=True)], axis=1)


def _to_arrow(column: pd.Series) -> Any:
    """Arrow as it is; anything mixed, and anything that Arrow has no kind for, as text."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        values = _to_arrow(pd.Series(column.cat.categories))
        return values.take(pa.array(column.cat.codes, mask=column.isna().to_numpy()))
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    if isinstance(column.dtype, pd.SparseDtype):
        column = column.astype(column.dtype.subtype)
    if column.dtype == object or isinstance(column.dtype, pd.IntervalDtype) or _is_complex(column):
        return _from_objects(column)
    return known_kind(pa.Array.from_pandas(column))


def _is_complex(column: pd.Series) -> bool:
    return bool(getattr(column.dtype, "kind", "") == "c")


def _from_objects(column: pd.Series) -> pa.Array:
    cells = [None if _is_missing(value) else value for value in column]
    kinds = {_kind(cell) for cell in cells if cell is not None}
    if kinds == {"decimal"} and (exact := _decimals(cells)) is not None:
        return exact
    if kinds == {"moment"}:
        return pa.array([None if cell is None else _moment(cell) for cell in cells])
    return _texts([None if cell is None else _text(cell) for cell in cells])


def _texts(cells: list[str | None]) -> pa.Array:
    """Half a sign, as of a text that was cut between two halves, is shown by its number."""
    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if cell is None else _whole(cell) for cell in cells], pa.string())


def _whole(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def _kind(cell: object) -> str:
    """Moments with a timezone may each have another one: text with the offset says it."""
    if isinstance(cell, Decimal):
        return "decimal" if cell.is_finite() else "text"
    is_naive = isinstance(cell, dt.date) and getattr(cell, "tzinfo", None) is None
    return "moment" if is_naive else "text"


def _decimals(cells: list[Any]) -> pa.Array | None:
    """None where they have more digits than the engine takes."""
    try:
        return known_kind(pa.array(cells))
    except pa.ArrowInvalid:
        return None


def _moment(cell: Any) -> dt.datetime:
    if isinstance(cell, pd.Timestamp):
        return cell.to_pydatetime(warn=False)
    if isinstance(cell, dt.datetime):
        return cell
    return dt.datetime(cell.year, cell.month, cell.day)


def _text(cell: object) -> str:
    """Whole floats lose their `.0`, so that 17850.0 and 17850 are one id."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.decode(errors="backslashreplace") if isinstance(cell, bytes) else str(cell)


def _is_missing(value: Any) -> bool:
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, (float, Decimal)) and value != value
