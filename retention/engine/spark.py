"""Spark: what Ibis does not see of it, and one timezone for every query.

Spark has moments (TIMESTAMP) and local times (TIMESTAMP_NTZ); to Ibis both are local times. Functions
of Spark that cut a local time make a moment of it, in the timezone of the session: in UTC only, both
are the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis

TIMEZONE = "spark.sql.session.timeZone"


def with_moments(rows: Any) -> Any:
    """The same rows, in which moments are moments to Ibis, too."""
    backend = ibis.get_backend(rows)
    kinds = backend.raw_sql(backend.compile(rows)).dtypes
    moments = [name for name, kind in kinds if kind == "timestamp"]
    return rows.mutate(**{name: rows[name].cast("timestamp('UTC')") for name in moments})


@contextmanager
def in_utc(backend: Any) -> Iterator[None]:
    """Queries of the session of an Ibis backend count time in UTC meanwhile."""
    settings = backend._session.conf
    theirs = settings.get(TIMEZONE)
    settings.set(TIMEZONE, "UTC")
    try:
        yield
    finally:
        settings.set(TIMEZONE, theirs)
