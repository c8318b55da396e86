"""A query that is stopped, as DuckDB says it."""

from __future__ import annotations

from typing import Any

import pytest

from retention.engine.connection import private_connection


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Whatever is made next is stopped when it is looked at; `undo` ends that."""
    ask = private_connection().get_schema

    def interrupted(*words: Any, **options: Any) -> Any:
        ask(*words, **options)
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr(private_connection(), "get_schema", interrupted)
    return monkeypatch
