"""What lies in a DuckDB, and a query that is stopped, as DuckDB says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retention.engine.connection import private_connection


@pytest.fixture
def names() -> Callable[..., set[str]]:
    """The tables and views of a DuckDB, by default of the private one."""

    def names_in(connection: Any = None) -> set[str]:
        # Ibis' own `list_tables` fails on DuckDB 2.0.
        query = "SELECT table_name FROM information_schema.tables"
        found = (connection or private_connection()).con.execute(query).fetchall()
        return {name for (name,) in found}

    return names_in


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Whatever is made next is stopped when it is looked at; `undo` ends that."""
    ask = private_connection().get_schema

    def interrupted(*words: Any, **options: Any) -> Any:
        ask(*words, **options)
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(private_connection(), "get_schema", interrupted)
    return monkeypatch
