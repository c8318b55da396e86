"""Dates of several files: one of them may have day and month the other way round."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ibis import _

from retention.engine.frames import to_arrow
from retention.errors import OrdersError, examples
from retention.orders.dates.format import DateFormat
from retention.orders.dates.parse import parse_dates

_TURN = str.maketrans("dm", "md")
A_MONTH = 31  # days; a file whose dates lie within it in one order only is one of that order


def refuse_turned_file(rows: Any, column: str, chosen: DateFormat) -> None:
    """Refuse a file that proves nothing by itself, and is one of a month if day and month change places.

    `rows` have `source_file`; the format was proven by other files.

    Raises
    ------
    OrdersError
        With the file, and both readings of it.
    """
    turned = _turned(chosen)
    if turned is None or "source_file" not in rows.columns or not rows[column].type().is_string():
        return
    odd = [file for file in _files(rows, column, chosen, turned) if _is_turned(file)]
    if not odd:
        return
    first = odd[0]
    raise OrdersError(
        f"orders: day and month cannot be told apart in {column!r} of {len(odd):,} files "
        f"({examples(file['source_file'] for file in odd)}). Read like the other files, "
        f'date_format="{chosen.text}", {first["source_file"]} runs from {first["first"]:%Y-%m-%d} to '
        f"{first['last']:%Y-%m-%d}; the other way round from {first['turned_first']:%Y-%m-%d} to "
        f'{first["turned_last"]:%Y-%m-%d}. Pass date_format="{chosen.text}" if they are all alike; '
        "else write the dates of these files like those of the others."
    )


def _turned(chosen: DateFormat) -> DateFormat | None:
    """The same with day and month in each other's place; None where a format has not both as numbers."""
    if not chosen.readings or not all(
        "%d" in reading.pattern and "%m" in reading.pattern and not reading.pattern.startswith("%Y")
        for reading in chosen.readings
    ):
        return None
    readings = [
        replace(reading, pattern=reading.pattern.translate(_TURN), rivals=())
        for reading in chosen.readings
    ]
    return DateFormat(None, tuple(readings))


def _files(rows: Any, column: str, chosen: DateFormat, turned: DateFormat) -> list[dict[str, Any]]:
    read = rows.select(
        "source_file",
        ours=parse_dates(rows[column], chosen, timezone="UTC"),
        theirs=parse_dates(rows[column], turned, timezone="UTC"),
    )
    files = read.group_by("source_file").agg(
        first=_.ours.min(),
        last=_.ours.max(),
        turned_first=_.theirs.min(),
        turned_last=_.theirs.max(),
        only_ours=(_.ours.notnull() & _.theirs.isnull()).sum(),
        differ=(_.ours != _.theirs).sum(),
    )
    found: list[dict[str, Any]] = to_arrow(files.order_by("source_file")).to_pylist()
    return found


def _is_turned(file: dict[str, Any]) -> bool:
    if file["only_ours"] or not file["differ"]:
        return False
    days = (file["last"] - file["first"]).days
    turned_days = (file["turned_last"] - file["turned_first"]).days
    return bool(turned_days < A_MONTH < days)
