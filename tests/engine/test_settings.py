"""The limits hold in the engine that answers, and data that does not fit goes where it was told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from retention.engine.connection import private_connection
from retention.engine.limits import checked_limits
from retention.engine.limits_in_force import limits_in_force, set_limits
from retention.engine.settings import engine_settings
from retention.errors import ArgumentError

# Some 300 MB that do not compress, of which a limit of 200 MB leaves a part on the disk.
COUNT = 3_000_000
ROWS = f"SELECT md5(range::VARCHAR) AS a, md5((-range)::VARCHAR) AS b FROM range({COUNT})"
SPILLS = f"CREATE TEMP TABLE filled AS {ROWS}"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine of its own: what has spilled cannot be moved any more."""
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    with duckdb.connect() as opened:
        set_limits(opened, {"memory_limit": "200000000B", "spill_folder": tmp_path / "first"})
        yield opened


def spilled(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("duckdb_temp*"))


def run(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", f"import retention as rt\n{code}"]
    return subprocess.run(words, env=variables, capture_output=True, text=True)


# examples


def test_what_is_set_holds_and_the_rest_stays() -> None:
    before = engine_settings()
    assert set(before) == {"memory_limit", "threads", "spill_folder"}
    try:
        assert engine_settings(threads=1) == before | {"threads": 1}
        changed = engine_settings(memory_limit="1GiB")
        assert changed == before | {"threads": 1, "memory_limit": "1.0 GiB"}
        found = private_connection().con.execute("SELECT current_setting('threads')").fetchone()
        assert found == (1,)
    finally:
        assert engine_settings(**before) == before


def test_a_share_is_one_of_the_machine() -> None:
    with duckdb.connect() as opened:
        opened.execute("SET memory_limit = '1GB'")
        set_limits(opened, checked_limits({"memory_limit": "80%"}))
        of_us = limits_in_force(opened)["memory_limit"]
        opened.execute("RESET memory_limit")
        assert limits_in_force(opened)["memory_limit"] == of_us


def test_the_environment_is_asked_when_the_engine_is_opened(tmp_path: Path) -> None:
    found = run(
        "print(rt.engine_settings())",
        RETENTION_MEMORY_LIMIT="1GiB", RETENTION_THREADS="1", RETENTION_SPILL_FOLDER=str(tmp_path),
    )  # fmt: skip
    said = {"memory_limit": "1.0 GiB", "threads": 1, "spill_folder": tmp_path}
    assert found.stdout.strip() == str(said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_what_does_not_fit_is_in_the_folder_and_is_counted_right(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute(SPILLS)
    assert spilled(tmp_path / "first") > 10_000_000
    groups = "SELECT a, count(*) AS n, max(b) AS b FROM filled GROUP BY a"
    found = connection.execute(f"SELECT count(*), sum(n), max(b) > 'ffff' FROM ({groups})")
    assert found.fetchone() == (COUNT, COUNT, True)


# refusals


@pytest.mark.slow
def test_too_late_for_another_folder(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    connection.execute(SPILLS)
    with pytest.raises(ArgumentError, match=r"too late to change, .*first' already. Start Python"):
        set_limits(connection, {"spill_folder": tmp_path / "second"})
    # The same folder is no change.
    set_limits(connection, {"spill_folder": tmp_path / "first"})
    assert limits_in_force(connection)["spill_folder"] == tmp_path / "first"


@pytest.mark.slow
def test_less_than_is_held() -> None:
    with duckdb.connect() as opened:
        opened.execute("SET memory_limit = '1GiB'")
        opened.execute("SET temp_directory = ''")
        opened.execute(f"CREATE TABLE held AS {ROWS}")
        with pytest.raises(ArgumentError, match=r"holds more .* the limit is 1\.0 GiB, as before"):
            set_limits(opened, checked_limits({"memory_limit": "100MB"}))
        assert opened.execute("SELECT current_setting('memory_limit')").fetchone() == ("1.0 GiB",)


def test_nothing_is_set_if_one_is_not_understood() -> None:
    before = engine_settings()
    with pytest.raises(ArgumentError, match="spill_folder: there is no folder 'none/there'"):
        engine_settings(threads=1, spill_folder="none/there")
    assert engine_settings() == before


def test_a_folder_in_which_nothing_can_be_written(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, mode: int = 0o777) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(ArgumentError, match=r"nothing can be written in .*second' \(Permission"):
        set_limits(connection, {"spill_folder": tmp_path / "second"})


def test_a_variable_that_cannot_be_meant_is_told_when_it_is_needed() -> None:
    found = run("rt.engine_settings()", RETENTION_MEMORY_LIMIT="lots")
    assert "ArgumentError: RETENTION_MEMORY_LIMIT: 'lots' is not an amount" in found.stderr
