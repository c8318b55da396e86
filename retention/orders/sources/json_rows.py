"""JSON: one object per line, or an array of them; every value as text.

An object in an object is spread over columns (`customer.id`); lists stay as they stand.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import ibis

from retention.engine.frames import to_arrow
from retention.engine.scan import scan
from retention.errors import examples
from retention.orders.sources.encoding import find_encoding
from retention.orders.sources.header import column_names
from retention.orders.sources.part import Part
from retention.orders.sources.recode import recode
from retention.orders.sources.request import Request

SEEN = 1000  # objects that tell which keys hold further objects
MOST = 50  # keys of an object that are columns; more are ids
ADVICE = (
    "A table in JSON is one object per line, or an array of objects, with the columns as keys: in "
    "pandas frame.to_json(path, orient='records', lines=True)."
)


def _keys_of(value: Any) -> Any:
    """Declared for the engine, which has it."""


def _text_of(value: Any, key: Any) -> Any:
    """Declared for the engine, which has it: numbers keep all their digits."""


_keys = ibis.udf.scalar.builtin(_keys_of, name="json_keys", signature=(("json",), "array<string>"))
_text = ibis.udf.scalar.builtin(
    _text_of, name="json_extract_string", signature=(("json", "string"), "string")
)


_inner = ibis.udf.scalar.builtin(
    _text_of, name="json_extract", signature=(("json", "string"), "json")
)


def open_json(path: Path, label: str, request: Request) -> Part:
    """Open a file of objects; a key that an object lacks is missing there.

    Raises
    ------
    OrdersError
        If it is no JSON, or no table of objects.
    """
    path, start = _plain(path, label, request)
    try:
        objects = scan(
            "read_json_objects", path, format="array" if start == b"[" else "newline_delimited"
        )
        keys = _all_keys(objects)
    except duckdb.Error as error:
        reason = str(error).strip().splitlines()[0].replace(str(path), label)
        raise request.refusal(f"{label} could not be read as JSON ({reason}). {ADVICE}") from error
    _refuse_one_object(objects, keys, label, request)
    paths = _flat(objects, keys)
    names = column_names([".".join(path) for path in paths], label, request.noun)
    cells = {name: _cell(objects, *path) for name, path in zip(names, paths, strict=True)}
    return Part(objects.select(**cells), label)


def _flat(objects: Any, keys: list[str]) -> list[tuple[str, ...]]:
    """The keys, an object's own ones in place of it: `customer` with an id in it is `customer.id`."""
    paths: list[tuple[str, ...]] = []
    cells = objects.limit(SEEN).select(
        *(_cell(objects, key).name(f"c{place}") for place, key in enumerate(keys))
    )
    found = to_arrow(cells)
    for place, key in enumerate(keys):
        filled = [cell for cell in found[f"c{place}"].to_pylist() if cell is not None]
        is_object = bool(filled) and all(cell.startswith("{") for cell in filled)
        inner = (
            _all_keys(objects.select(json=_inner(objects.json, _pointer(key)))) if is_object else []
        )
        is_spread = 0 < len(inner) <= MOST
        paths += [(key, own) for own in inner] if is_spread else [(key,)]
    return paths


def _plain(path: Path, label: str, request: Request) -> tuple[Path, bytes]:
    """The file as UTF-8 without a mark at its start, and the first sign in it."""
    with path.open("rb") as handle:
        has_mark = handle.read(3) == b"\xef\xbb\xbf"
    encoding = "utf-8-sig" if has_mark else find_encoding(path, label, request)
    if encoding != "utf-8":
        path = recode(path, encoding, label, request)
    with path.open("rb") as handle:
        return path, handle.read(4096).lstrip()[:1]


def _all_keys(objects: Any) -> list[str]:
    """The keys of all objects, those of the first one first."""
    found = to_arrow(objects.select(keys=_keys(objects.json)).distinct())["keys"].to_pylist()
    first = to_arrow(objects.limit(1).select(keys=_keys(objects.json)))["keys"].to_pylist()
    lists = [*first, *sorted((keys or [] for keys in found), key=lambda one: (-len(one), one))]
    return list(dict.fromkeys(key for keys in lists for key in keys or []))


def _cell(objects: Any, *path: str) -> Any:
    return _text(objects.json, "".join(map(_pointer, path))).nullif("")


def _pointer(key: str) -> str:
    # A pointer: as a path, dots and quotes in a key would have a meaning.
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _refuse_one_object(objects: Any, keys: list[str], label: str, request: Request) -> None:
    if not keys:
        raise request.refusal(f"{label} holds no objects with keys. {ADVICE}")
    if to_arrow(objects.limit(2)).num_rows > 1:
        return
    cells = to_arrow(objects.select(*(_cell(objects, key).name(key) for key in keys[:20])))
    nested = [key for key in keys[:20] if str(cells[key][0].as_py()).startswith(("{", "["))]
    if nested:
        raise request.refusal(
            f"{label} is one object, not a table; {examples(nested)} in it hold more. {ADVICE}"
        )
