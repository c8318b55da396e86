"""Order dates: read by the patterns that the cells themselves prove, never by a guess.

`choose_date_format` runs queries and may refuse; `parse_dates` is an expression, and null where the
chosen format does not cover a cell.
"""

from __future__ import annotations

from typing import Any

from retention.orders.dates.advice import date_advice
from retention.orders.dates.choice import choose_date_format
from retention.orders.dates.format import DateFormat
from retention.orders.dates.parse import parse_dates

__all__ = ["DateFormat", "choose_date_format", "date_advice", "parse_dates", "read_dates"]


def read_dates(
    column: Any, *, timezone: str | None, date_format: str | None, noun: str = "orders"
) -> Any:
    """A naive local timestamp for a column of dates; null where it cannot be read.

    Raises
    ------
    OrdersError
        If day and month cannot be told apart, or a timezone is needed and not given.
    """
    chosen = choose_date_format(column, timezone=timezone, date_format=date_format, noun=noun)
    return parse_dates(column, chosen, timezone=timezone)
