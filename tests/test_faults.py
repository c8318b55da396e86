"""What goes wrong around the work: full disks, closed folders, files that change, servers that stop.

Each is made to happen, and must end in a sentence, with nothing half-written. Processes that are killed
have tests of their own: test_leftovers.py and test_soak.py.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ibis
import pandas as pd
import pytest
from conftest import NOT_HERE, POSTGRES
from strategies import shop_frame

import retention as rt
from retention.engine.frames import to_arrow
from retention.engine.lost import told_if_lost
from retention.engine.scan import scan
from retention.errors import ExportError, OrdersError, RetentionError
from retention.files import atomic_path
from retention.orders import source as sources

MEGABYTE = 2**20
HEADER = "customer_id,order_id,ordered_at,amount\n"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def lines(count: int, amount: int = 5) -> str:
    rows = (f"c{n % 997},o{n},2024-0{n % 9 + 1}-11,{amount}\n" for n in range(count))
    return HEADER + "".join(rows)


# A disk that is full


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of eight megabytes."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount a disk of its own")
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


READ = """
import sys, retention as rt
try:
    rt.read_orders(sys.argv[1])
except rt.RetentionError as error:
    print(type(error).__name__, error)
"""


@pytest.mark.service
def test_a_full_disk_of_temporary_files(small_disk: Path, tmp_path: Path) -> None:
    source = tmp_path / "orders.csv"
    source.write_text(lines(600_000))
    environment = os.environ | {"TMPDIR": str(small_disk), "RETENTION_MEMORY_LIMIT": "100MB"}
    words = [sys.executable, "-c", READ, str(source)]
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("RoomError engine: the disk is full ("), done.stdout
    assert "set TMPDIR to a folder on a disk with room" in done.stdout
    assert names(small_disk) == []


# What writes a packed file tries once more to end it when it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.service
@pytest.mark.parametrize("kind", ["xlsx", "pptx", "csv"])
def test_a_full_disk_of_results(kind: str, small_disk: Path) -> None:
    target = small_disk / f"result.{kind}"
    target.write_text("last month's")
    (small_disk / "ballast").write_bytes(b"\0" * (8 * MEGABYTE - 12_000))
    table = pd.DataFrame({"customer_id": [uuid.uuid4().hex for _ in range(9_000)]})
    with pytest.raises(ExportError, match=r"could not be written .*No space left.*half-written"):
        if kind == "xlsx":
            rt.write_workbook({"customers": table}, target)
        elif kind == "pptx":
            rt.Deck(title="x").add(table, title="y").save(target)
        else:
            rt.write_audience(table, target)
    assert target.read_text() == "last month's"
    assert names(small_disk) == ["ballast", target.name]


@pytest.mark.service
def test_a_full_disk_of_the_report(small_disk: Path, tmp_path: Path) -> None:
    shop_frame(customers=150).to_csv(tmp_path / "orders.csv", index=False)
    (small_disk / "ballast").write_bytes(b"\0" * (8 * MEGABYTE - 200_000))
    with pytest.raises((ExportError, OSError), match="No space left"):
        rt.write_report(
            tmp_path / "orders.csv", small_disk, notebooks=["00_your_orders"], is_quiet=True
        )
    assert names(small_disk) == ["ballast"]


# A folder into which nothing may be written


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """Root may write everywhere, but on a disk that is mounted for reading."""
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "result.xlsx").write_text("last month's")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if os.name == "nt" or (is_root and not _mount_closed(folder)):
        pytest.skip("no folder can be closed here")
    if not is_root:
        folder.chmod(0o500)
    yield folder
    if is_root:
        subprocess.run(["umount", "-l", str(folder)], check=True)
    else:
        folder.chmod(0o700)


def _mount_closed(folder: Path) -> bool:
    every = (["--bind", str(folder), str(folder)], ["-o", "remount,bind,ro", str(folder)])
    try:
        done = [subprocess.run(["mount", *words], capture_output=True) for words in every]
    except FileNotFoundError:
        return False
    return not any(one.returncode for one in done)


@pytest.mark.service
def test_a_closed_folder(closed_folder: Path, tmp_path: Path) -> None:
    table = pd.DataFrame({"customer_id": ["an"], "amount": [1.0]})
    what = r"nothing can be written in this folder \(.*\)\. Choose a folder of your own\."
    with pytest.raises(ExportError, match=what):
        rt.write_workbook({"customers": table}, closed_folder / "result.xlsx")
    with pytest.raises(ExportError, match=what):
        rt.Deck(title="x").add(table, title="y").save(closed_folder / "deck.pptx")
    with pytest.raises(ExportError, match=what):
        rt.write_audience(table, closed_folder / "list.csv")
    source = tmp_path / "orders.csv"
    source.write_text(lines(40))
    with pytest.raises(ExportError, match=r"nothing can be written there .*Choose another"):
        rt.write_report(source, closed_folder, is_quiet=True)
    assert names(closed_folder) == ["result.xlsx"]
    assert (closed_folder / "result.xlsx").read_text() == "last month's"


# A file that changes


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody's export goes on while its head is looked at."""
    path = tmp_path / "orders.csv"
    path.write_text(lines(20))
    stored = sources._stored

    def grown(*words: object) -> object:
        with path.open("a") as file:
            file.write("c1,o99,2024-01-11,5\n")
        return stored(*words)

    monkeypatch.setattr(sources, "_stored", grown)
    with pytest.raises(
        OrdersError,
        match=r"orders: 1 of 1 files changed while they were read \(.*orders\.csv: \d+ bytes of "
        r"[\d:]+, and then \d+ bytes of [\d:]+\)\. Nothing was counted\. Wait until",
    ):
        rt.read_orders(path)


def test_a_file_that_goes_away_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(lines(20))
    stored = sources._stored

    def gone(*words: object) -> object:
        path.unlink()
        return stored(*words)

    monkeypatch.setattr(sources, "_stored", gone)
    with pytest.raises(OrdersError, match=r"orders\.csv: 439 bytes of .*, and then gone\)"):
        rt.read_orders(path)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_large_file_that_changes_between_two_questions(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read again each time; what was counted before would not fit."""
    monkeypatch.setattr(sources, "SCANNED", 0)
    frame = shop_frame(customers=300)
    path = tmp_path / f"orders.{kind}"
    frame.to_parquet(path) if kind == "parquet" else frame.to_csv(path, index=False)
    rows = scan("read_parquet" if kind == "parquet" else "read_csv_auto", path)
    assert to_arrow(rows.count().as_table())[0][0].as_py() == len(frame)
    half = frame.head(40)
    half.to_parquet(path) if kind == "parquet" else half.to_csv(path, index=False)
    with pytest.raises(OrdersError, match="1 of 1 files changed while they were read"):
        to_arrow(rows.count().as_table())


def test_files_that_stay_are_read(tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    shop_frame().to_parquet(path)
    rows = scan("read_parquet", path)
    path.touch()
    with pytest.raises(OrdersError, match="files changed"):
        to_arrow(rows)
    assert to_arrow(scan("read_parquet", path)).num_rows == len(shop_frame())


# A server that goes away


def test_what_a_driver_says_of_a_lost_connection() -> None:
    class OperationalError(Exception):
        pass

    class AdminShutdown(OperationalError):  # noqa: N818 as a driver calls it
        pass

    with (
        pytest.raises(
            OrdersError,
            match=r"orders: the database ended the query \(terminating connection\)\. Nothing was "
            r"written there\. Connect again",
        ),
        told_if_lost(),
    ):
        raise AdminShutdown("terminating connection.\nSSL connection has been closed")
    with pytest.raises(KeyError), told_if_lost():
        raise KeyError("x")


@pytest.mark.service
@pytest.mark.parametrize("what", ["measure", "scores"])
def test_a_server_that_ends_the_query(what: str) -> None:
    """A lock keeps the query waiting, until its connection is ended from another one."""
    if not POSTGRES:
        pytest.skip(NOT_HERE.format("RETENTION_POSTGRES_URL"))
    name, to = (f"retention_test_{uuid.uuid4().hex}" for _ in range(2))
    ours, other = ibis.connect(POSTGRES), ibis.connect(POSTGRES)
    frame = shop_frame(customers=200)
    fit = rt.fit_mbg_nbd(rt.customer_summary(rt.read_orders(frame)))
    other.create_table(name, frame)
    try:
        orders = rt.read_orders(ours.table(name))
        number = ours.con.info.backend_pid
        with other.con.cursor() as cursor, ThreadPoolExecutor(1) as pool:
            cursor.execute("BEGIN")
            cursor.execute(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
            if what == "measure":
                asked = pool.submit(rt.growth_accounting, orders)
            else:
                asked = pool.submit(rt.score_customers, orders, fit, to=to)
            end_when_waiting(number)
            with pytest.raises(OrdersError, match=r"the database ended the query .* Connect again"):
                asked.result(timeout=30)
            cursor.execute("ROLLBACK")
        assert to not in other.list_tables()
        assert rt.read_orders(other.table(name)).counts == orders_counts(frame)
    finally:
        other.drop_table(name, force=True)
        other.disconnect()


def orders_counts(frame: pd.DataFrame) -> object:
    return rt.read_orders(frame).counts


def end_when_waiting(number: int) -> None:
    third = ibis.connect(str(POSTGRES))
    for _ in range(200):
        with third.con.cursor() as cursor:
            cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", (number,))
            if cursor.fetchone() == ("Lock",):
                cursor.execute("SELECT pg_terminate_backend(%s)", (number,))
                break
        time.sleep(0.05)
    third.disconnect()


# A process that is killed while it writes


def test_a_thread_that_fails_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_text("old")
    said: list[BaseException] = []

    def write() -> None:
        try:
            with atomic_path(target) as half:
                half.write_text("half")
                raise OSError(5, "Input/output error")
        except RetentionError as error:
            said.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    assert "Input/output error" in str(said[0])
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.xlsx"]
