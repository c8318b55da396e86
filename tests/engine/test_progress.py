"""The progress bar: there for long work, silent for short work."""

from __future__ import annotations

import threading
from typing import Any

import duckdb
import pytest
from tqdm.std import tqdm

from retention.engine import progress

# Examples


def test_short_work_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect() as connection, progress.progress(connection, "reading x.csv"):
        connection.execute("create table t as select 1")
    assert capsys.readouterr() == ("", "")


def test_long_work_shows_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    class Bar(tqdm):
        def __init__(self, *given: Any, **options: Any) -> None:
            super().__init__(*given, **options)
            begun.set()

    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    monkeypatch.setattr(progress, "bar_class", lambda: Bar)
    monkeypatch.setattr(progress, "DELAY_SECONDS", 0.0)
    monkeypatch.setattr(progress, "EVERY_SECONDS", 0.01)
    with duckdb.connect() as connection, progress.progress(connection, "reading x.csv"):
        connection.execute("create table t as select hash(range) as h from range(3_000_000)")
        # However long the watching thread has to wait for a processor.
        assert begun.wait(60)
    shown = capsys.readouterr()
    assert "reading x.csv: 100%" in shown.err
    assert shown.out == ""


def test_where_the_engine_does_not_count_the_work_is_done_without_a_bar() -> None:
    class Silent:
        def execute(self, query: str) -> None:
            raise duckdb.InvalidInputException(query)

    done = []
    with progress.progress(Silent(), "reading x.csv"):
        done.append(True)
    assert done


def test_a_failure_leaves_the_connection_as_it_was() -> None:
    with duckdb.connect() as connection:
        with pytest.raises(duckdb.Error), progress.progress(connection, "reading x.csv"):
            connection.execute("select no_such_column")
        assert connection.execute("select current_setting('enable_progress_bar')").fetchone() == (
            False,
        )
