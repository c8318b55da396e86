"""The stop button: at any moment of long work, at once, with nothing left, and the work can be done again."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from retention.engine.stopped import told_if_stopped
from retention.errors import RoomError

SECONDS = 2.0
ROWS = """
SELECT 'c' || hash(range) % 200_000 AS customer_id, 'o' || range AS order_id,
    TIMESTAMP '2022-01-01' + INTERVAL (hash(range, 1) % 60_000_000) SECOND AS ordered_at,
    (hash(range, 2) % 10_000) / 100 AS amount
FROM range(800_000)
"""
SCRIPT = """
import gc, os, signal, sys, threading, time
import retention as rt
from retention.engine.connection import private_connection
from retention.engine.workspace import temporary_folder

def kept():
    gc.collect()
    query = "SELECT table_name FROM information_schema.tables"
    tables = [name for (name,) in private_connection().raw_sql(query).fetchall()]
    files = [path.name for path in temporary_folder().rglob("*") if ".duckdb" not in path.name]
    return sorted(tables + files)

def stopped(seconds):
    sent = []
    def send():
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)
    timer = threading.Timer(seconds, send)
    timer.start()
    try:
        work()
        timer.cancel()
        timer.join()
    except KeyboardInterrupt:
        return time.monotonic() - sent[0]
    return None

orders = rt.read_orders(sys.argv[1])
work = {
    "read": lambda: rt.read_orders(sys.argv[1]),
    "table": lambda: rt.cohort_retention(orders),
}[sys.argv[2]]
work()
started = time.monotonic()
work()
whole = time.monotonic() - started
before = kept()
for part in (0.05, 0.2, 0.35, 0.5, 0.65):
    print((stopped(part * whole), kept() == before), flush=True)
work()
print(kept() == before)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the signal is another one there")
@pytest.mark.parametrize("work", ["read", "table"])
def test_long_work_is_stopped_and_can_be_done_again(work: str, tmp_path: Path) -> None:
    duckdb.sql(ROWS).write_csv(str(tmp_path / "orders.csv"))
    words = [sys.executable, "-c", SCRIPT, str(tmp_path / "orders.csv"), work]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *stops, again = map(ast.literal_eval, done.stdout.splitlines())
    assert again
    assert [is_clean for _, is_clean in stops] == [True] * 5
    seconds = [seconds for seconds, _ in stops if seconds is not None]
    # Work that was quicker than the first time may be done before it is stopped.
    assert len(seconds) >= 2
    assert max(seconds) < SECONDS


def test_a_stopped_query_is_a_keyboard_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), told_if_stopped():
        raise RuntimeError("Query interrupted")


# refusals


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(RuntimeError, match="something else"), told_if_stopped():
        raise RuntimeError("something else")


def test_too_little_memory_is_told_with_the_way_on() -> None:
    pattern = (
        r"too little room for this \(.*\)\. .*See engine_settings\(\)\. Pass engine_settings\("
    )
    connection = duckdb.connect(config={"memory_limit": "10MB", "temp_directory": ""})
    query = "select list(range) from range(20_000_000)"
    with pytest.raises(RoomError, match=pattern) as caught, told_if_stopped():
        connection.execute(query).fetchall()
    assert isinstance(caught.value, MemoryError)
