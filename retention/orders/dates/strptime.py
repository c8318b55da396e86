"""DuckDB's own parser of dates, null where a pattern does not fit, under the kinds that it returns."""

from __future__ import annotations

from typing import Any

import ibis


def _plain_time(text: Any, pattern: Any) -> Any:
    """A naive time."""


def _fine_time(text: Any, pattern: Any) -> Any:
    """A naive time to the nanosecond, of a pattern with `%n`."""


def _moment(text: Any, pattern: Any) -> Any:
    """A moment in UTC, of a pattern with `%z`."""


def _fine_moment(text: Any, pattern: Any) -> Any:
    """A moment in UTC to the nanosecond, of a pattern with both."""


def _declared(function: Any, kind: str) -> Any:
    signature = (("string", "string"), kind)
    return ibis.udf.scalar.builtin(function, name="try_strptime", signature=signature)


_plain = _declared(_plain_time, "timestamp")
_fine = _declared(_fine_time, "timestamp(9)")
_aware = _declared(_moment, "timestamp('UTC')")
_fine_aware = _declared(_fine_moment, "timestamp('UTC', 9)")


def strptime(text: Any, pattern: str) -> Any:
    """A time to the microsecond: naive, or in UTC where the pattern reads an offset."""
    is_fine = "%n" in pattern
    if "%z" in pattern:
        moment = _fine_aware(text, pattern) if is_fine else _aware(text, pattern)
        return moment.cast("timestamp('UTC', 6)")
    return (_fine(text, pattern) if is_fine else _plain(text, pattern)).cast("timestamp(6)")
