"""A column of dates as naive local times, by the patterns that were chosen for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from retention.engine.local_time import local_time
from retention.orders.dates.fold import fold
from retention.orders.dates.format import DateFormat, Reading
from retention.orders.dates.numbers import COMPACTS, compact_moment, counted_moment
from retention.orders.dates.patterns import like_pattern
from retention.orders.dates.strptime import strptime

# Years of two digits are 1946 to 2045, a fixed window: a reading never changes with the calendar.
LAST_SHORT_YEAR = 2045
_OFFSET = r"[+-](?:0\d|1[0-4])(?::?[0-5]\d)?$"
_WHOLE_NUMBER = r"^\d+$"
_NUMBER = r"^\d+(?:[.,]\d+)?$"


def _in_utc(zone: Any, moment: Any) -> Any:
    """DuckDB and PostgreSQL: a naive time, said to be one of UTC."""


_utc = ibis.udf.scalar.builtin(
    _in_utc, name="timezone", signature=(("string", "timestamp"), "timestamp('UTC')")
)


def parse_dates(column: Any, date_format: DateFormat, *, timezone: str | None) -> Any:
    """A naive local timestamp; null where the format does not cover the cell. Runs no query."""
    kind = column.type()
    if kind.is_timestamp() or kind.is_date():
        return local_time(column, timezone or "UTC", column.get_backend().name)
    if not date_format.readings:
        return ibis.ifelse(column.isnull(), ibis.null("timestamp"), ibis.null("timestamp"))
    cell, zone = _plain(column), timezone or "UTC"
    plain = [reading for reading in date_format.readings if not reading.is_folded]
    folded = [reading for reading in date_format.readings if reading.is_folded]
    if not folded:
        return _first(cell, plain, zone)
    if not plain:
        return _first(fold(cell), folded, zone)
    # Folding is slow: only what is left goes there.
    moment = _first(cell, plain, zone)
    return ibis.ifelse(moment.isnull(), _first(fold(cell), folded, zone), moment)


def _first(cell: Any, readings: Sequence[Reading], timezone: str) -> Any:
    moments = [_moment(cell, reading, timezone) for reading in readings]
    return ibis.coalesce(*moments).cast("timestamp")


def _plain(column: Any) -> Any:
    """Text and numbers as they are; exact decimals as the nearest kind that arithmetic keeps."""
    kind = column.type()
    if kind.is_decimal():
        return column.cast("float64" if kind.scale else "int64")
    return column


def _moment(cell: Any, reading: Reading, timezone: str) -> Any:
    moment = _local(_read(cell, reading), reading, timezone, cell.get_backend().name)
    for rival in reading.rivals:
        other = _moment(cell, Reading(rival, reading.is_folded), timezone)
        moment = ibis.ifelse(moment == other, moment, ibis.null("timestamp"))
    return moment


def _read(cell: Any, reading: Reading) -> Any:
    if cell.type().is_string():
        return _from_number_text(cell, reading) if reading.is_number else _from_text(cell, reading)
    if reading.is_number:
        return counted_moment(cell, reading.pattern)
    if reading.pattern in COMPACTS:
        return compact_moment(cell, reading.pattern)
    return _from_text(cell.cast("string"), reading)


def _from_number_text(cell: Any, reading: Reading) -> Any:
    """Halves of a day or second fit into floats; whole microseconds do not."""
    if reading.pattern in ("epoch_us", "epoch_ns"):
        is_number, number = cell.re_search(_WHOLE_NUMBER), cell.try_cast("int64")
    else:
        is_number, number = cell.re_search(_NUMBER), cell.replace(",", ".").try_cast("float64")
    found = counted_moment(number, reading.pattern)
    return ibis.ifelse(is_number, found, ibis.null("timestamp"))


def _from_text(cell: Any, reading: Reading) -> Any:
    """Only cells that look like the pattern are parsed: failing is what costs time."""
    pattern = reading.pattern
    is_like = cell.like(like_pattern(pattern))
    if reading.has_offset:
        is_like &= cell.re_search(_OFFSET)
        return ibis.ifelse(is_like, strptime(cell, pattern), ibis.null("timestamp('UTC')"))
    parsed = ibis.ifelse(is_like, strptime(cell, pattern), ibis.null("timestamp"))
    if "%y" in pattern:
        century = ibis.interval(years=100)
        return ibis.ifelse(parsed.year() > LAST_SHORT_YEAR, parsed - century, parsed)
    # "%Y" would read 0024 as a year.
    return ibis.ifelse(parsed >= ibis.timestamp("1000-01-01"), parsed, ibis.null("timestamp"))


def _local(moment: Any, reading: Reading, timezone: str, dialect: str) -> Any:
    if reading.has_offset:
        return local_time(moment, timezone, dialect)
    if not reading.is_utc:
        return moment
    is_spark = dialect == "pyspark"
    aware = moment.cast("timestamp('UTC')") if is_spark else _utc("UTC", moment)
    return local_time(aware, timezone, dialect)
