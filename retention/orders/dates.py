"""Order dates: text is read by the one order of day, month and year that fits, never by a guess."""

from __future__ import annotations

from typing import Any

import ibis

from retention.engine.frames import to_arrow
from retention.engine.local_time import local_time
from retention.errors import OrdersError, examples

DATE_ORDERS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d",
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%m.%d.%Y",
    "%d/%m/%y", "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d",
)  # fmt: skip
TIMES = ("%H:%M:%S.%f", "%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p")
OFFSET = r"([+-]\d{2}:?\d{2}|Z)$"
FIRST_YEAR = 1000  # "%Y" would read 24 as the year 24


@ibis.udf.scalar.builtin(name="try_strptime", signature=(("string", "array<string>"), "timestamp"))
def _try_strptime(text: Any, formats: Any) -> Any:
    """DuckDB's own: null where no format fits."""


def read_dates(
    column: Any, *, timezone: str | None, date_format: str | None, noun: str = "orders"
) -> Any:
    """A naive local timestamp for a date, time or text column; null where it cannot be read.

    Raises
    ------
    OrdersError
        If day and month cannot be told apart, or a timezone is needed and not given.
    """
    kind = column.type()
    if kind.is_timestamp() or kind.is_date():
        return _localised(column, timezone, noun)
    if kind.is_integer():
        column = column.cast("string")
    elif not kind.is_string():
        raise OrdersError(
            f"{noun}: the column {column.get_name()!r} is of type {kind}, not a date. Name the right "
            'one: columns={"ordered_at": ...}.'
        )
    if column.get_backend().name != "duckdb":
        raise OrdersError(
            f"{noun}: {column.get_name()!r} is text in a remote table. Cast it there: "
            f'table.mutate({column.get_name()}=table.{column.get_name()}.cast("timestamp")).'
        )
    stripped = column.strip().name(column.get_name())
    return _from_text(stripped, timezone, date_format, noun)


def _localised(column: Any, timezone: str | None, noun: str) -> Any:
    is_aware = column.type().is_timestamp() and column.type().timezone is not None
    if is_aware and timezone is None:
        raise OrdersError(
            f"{noun}: the times in {column.get_name()!r} carry an offset, and the day of an order "
            'depends on where you are. Pass timezone="Asia/Ho_Chi_Minh" (or yours).'
        )
    return local_time(column, timezone or "UTC", column.get_backend().name)


def _from_text(column: Any, timezone: str | None, date_format: str | None, noun: str) -> Any:
    if date_format:
        parsed = _parse(column, [date_format])
        if "%z" not in date_format:
            return parsed
        aware = parsed.cast("timestamp('UTC')").name(column.get_name())
        return _localised(aware, timezone, noun)
    with_offset = column.re_search(OFFSET) & column.re_search(r"\d{2}:\d{2}")
    if _any(with_offset):
        aware = column.try_cast("timestamp('UTC')").name(column.get_name())
        local = _parse(column, _with_times(DATE_ORDERS[0]))
        return ibis.ifelse(with_offset, _localised(aware, timezone, noun), local)
    return _parse(column, _with_times(_date_order(column, noun)))


def _parse(column: Any, formats: list[str]) -> Any:
    parsed = _try_strptime(column, ibis.array(formats))
    return ibis.ifelse(parsed.year() >= FIRST_YEAR, parsed, ibis.null("timestamp"))


def _with_times(date_order: str) -> list[str]:
    after = [f"{date_order}{gap}{time}" for time in TIMES for gap in (" ", "T", ", ")]
    before = [f"{time} {date_order}" for time in TIMES]
    return [date_order, *after, *before]


def _date_order(column: Any, noun: str) -> str:
    """The order of day, month and year that reads the most values."""
    counts = _counts(column)
    best = max(counts, key=counts.__getitem__)
    rivals = [order for order in DATE_ORDERS if order != best and counts[order] == counts[best]]
    for rival in rivals if counts[best] else []:
        _refuse_if_different(column, best, rival, noun)
    return best


def _counts(column: Any) -> dict[str, int]:
    values = column.name("value").as_table().distinct()
    readable = {
        f"n{place}": _parse(values.value, _with_times(order)).count()
        for place, order in enumerate(DATE_ORDERS)
    }
    row = to_arrow(values.agg(**readable)).to_pylist()[0]
    return {order: row[f"n{place}"] for place, order in enumerate(DATE_ORDERS)}


def _refuse_if_different(column: Any, best: str, rival: str, noun: str) -> None:
    values = column.name("value").as_table().distinct()
    both = values.mutate(
        first=_parse(values.value, _with_times(best)),
        second=_parse(values.value, _with_times(rival)),
    )
    found = to_arrow(
        both.filter(both["first"] != both.second).order_by("value").limit(1)
    ).to_pylist()
    if not found:
        return
    row = found[0]
    raise OrdersError(
        f"{noun}: day and month cannot be told apart in {column.get_name()!r}: every date can be "
        f"read in two ways ({examples([row['value']])} is {row['first']:%Y-%m-%d} or "
        f'{row["second"]:%Y-%m-%d}). Pass date_format="{best}" or date_format="{rival}".'
    )


def _any(condition: Any) -> bool:
    return bool(to_arrow(condition.any().as_table())[0][0].as_py())
