"""Arrow tables and streams, and whatever hands itself over as one, such as a Polars frame."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from retention.engine.connection import store
from retention.errors import examples
from retention.orders.sources.request import Request


def store_arrow(table: pa.Table, request: Request) -> Any:
    """Store an Arrow table; kinds of columns that the engine does not have become text.

    Raises
    ------
    OrdersError
        If two columns share a name.
    """
    names = [name.casefold() for name in table.column_names]
    twice = [name for name in table.column_names if names.count(name.casefold()) > 1]
    if twice:
        raise request.refusal(
            f"{len(twice)} columns share a name ({examples(twice)}; capital letters do not count). "
            "Rename them first."
        )
    columns = {name: _taken(name, table[name], request) for name in table.column_names}
    return store(pa.table(columns))


def _taken(name: str, column: Any, request: Request) -> Any:
    try:
        return known_kind(column)
    except pa.ArrowInvalid as error:
        raise request.refusal(
            f"the column {name!r} of type {column.type} cannot be read ({error}). Bytes are read as text "
            "in UTF-8: cast it to text first, or leave it out."
        ) from error


def known_kind(column: Any) -> Any:
    """The column as the engine can take it."""
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        return known_kind(_storage(column))
    if pa.types.is_dictionary(kind):
        return known_kind(_decoded(column))
    if pa.types.is_duration(kind) or pa.types.is_nested(kind):
        return _as_text(column)
    if pa.types.is_decimal256(kind):
        return column.cast(pa.decimal128(38, min(kind.scale, 37)))
    for is_kind, known in _KNOWN:
        if is_kind(kind):
            return column.cast(known)
    return column


_KNOWN = (
    (pa.types.is_null, pa.string()),
    (pa.types.is_string_view, pa.large_string()),
    (pa.types.is_binary, pa.large_string()),
    (pa.types.is_large_binary, pa.large_string()),
    (pa.types.is_fixed_size_binary, pa.large_string()),
    (pa.types.is_float16, pa.float64()),
)


def _storage(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        chunks = [chunk.storage for chunk in column.chunks]
        return pa.chunked_array(chunks, column.type.storage_type)
    return column.storage


def _decoded(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        kind = known_kind(pa.nulls(0, column.type.value_type)).type
        return pa.chunked_array([_decoded(chunk) for chunk in column.chunks], kind)
    # Texts as other libraries keep them have no cast of their own, and few operations.
    return known_kind(column.dictionary).take(column.indices)


def _as_text(column: Any) -> Any:
    cells = [None if cell is None else str(cell) for cell in column.to_pylist()]
    return pa.chunked_array([pa.array(cells, pa.string())])
