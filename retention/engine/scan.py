"""Files read by DuckDB itself, lazily: a view that goes with the last use of it."""

from __future__ import annotations

import glob
import itertools
import weakref
from pathlib import Path
from typing import Any

import sqlglot.expressions as sge
from sqlglot import select

from retention.engine.connection import private_connection
from retention.engine.stopped import told_if_stopped
from retention.engine.turn import drop_in_turn, turn
from retention.engine.view import drop_view
from retention.engine.watched import watch

_numbers = itertools.count(1)


def scan(function: str, path: Path, **options: Any) -> Any:
    """A table function of DuckDB over one file; every query of the table reads the file again.

    The view is no temporary one: the cursors that run the queries would not see it.
    """
    name = f"v{next(_numbers)}"
    # The name of the file is meant as it stands, also where it holds * or [.
    arguments = [sge.convert(glob.escape(str(path.absolute())))]
    arguments += [_option(key, value) for key, value in options.items()]
    rows = select("*").from_(sge.Anonymous(this=function, expressions=arguments))
    view = sge.Create(this=sge.to_identifier(name), kind="VIEW", expression=rows)
    connection = private_connection()
    try:
        with turn(), told_if_stopped():
            connection.raw_sql(view)
            table = connection.table(name)
    except BaseException:
        drop_in_turn(drop_view, name)
        raise
    watch(table, path)
    weakref.finalize(table.op(), drop_in_turn, drop_view, name).atexit = False
    return table


def _option(key: str, value: Any) -> sge.Expression:
    """`key=value`; a mapping becomes a struct, such as the columns and their types."""
    if not isinstance(value, dict):
        return sge.EQ(this=sge.to_identifier(key), expression=sge.convert(value))
    fields = [
        sge.PropertyEQ(this=sge.to_identifier(name), expression=sge.convert(kind))
        for name, kind in value.items()
    ]
    return sge.EQ(this=sge.to_identifier(key), expression=sge.Struct(expressions=fields))
