"""Backends to run on, few but many-sided random examples, and no screen."""

from __future__ import annotations

import gc
import importlib.util
import os
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ibis
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, settings
from times import LISTS, listed

from retention.orders.orders import Orders
from retention.orders.read import read_orders

os.environ.setdefault("MPLBACKEND", "Agg")
# Expressions are many small objects that live on: looking through them costs a tenth of all time.
gc.set_threshold(100_000, 50, 50)

CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "quick", max_examples=5, deadline=None, derandomize=True, database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=CALM,
)  # fmt: skip
settings.register_profile(
    "thorough", parent=settings.get_profile("quick"), max_examples=60, phases=list(Phase)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

BEGUN_FIRST = (
    "tests/browser/", "tests/test_notebooks", "tests/test_docs_pages.py", "tests/test_wheel.py",
    "tests/test_whole_way.py", "tests/test_cli", "tests/test_dev.py", "tests/test_soak.py",
)  # fmt: skip
POSTGRES = os.environ.get("RETENTION_POSTGRES_URL")
NOT_HERE = "{} is not set: run `python3 dev.py test --all`"


@dataclass
class Backend:
    """A warehouse with typed tables of orders in it."""

    connection: Any
    names: list[str] = field(default_factory=list)
    folder: Any = field(default_factory=tempfile.TemporaryDirectory)

    def orders(self, frame: pd.DataFrame, **options: Any) -> Orders:
        return read_orders(self.table(frame), **options)

    def table(self, frame: pd.DataFrame) -> Any:
        name = f"retention_test_{uuid.uuid4().hex}"
        if self.connection.name == "pyspark":
            return self._spark_view(name, frame)
        self.names.append(name)
        return self.connection.create_table(name, frame)

    def _spark_view(self, name: str, frame: pd.DataFrame) -> Any:
        """Through Parquet, which keeps local times local; from pandas all become moments."""
        path = str(Path(self.folder.name) / f"{name}.parquet")
        frame.to_parquet(path)
        self.connection._session.read.parquet(path).createTempView(name)
        return self.connection.table(name)

    def close(self) -> None:
        for name in self.names:
            self.connection.drop_table(name, force=True)
        self.connection.disconnect()
        self.folder.cleanup()


SERVICES = [
    "duckdb",
    pytest.param("postgres", marks=pytest.mark.service),
    pytest.param("spark", marks=pytest.mark.service),
]


@pytest.fixture(params=SERVICES, scope="module")
def backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    opened = Backend(_connect(request.param))
    yield opened
    opened.close()


def _connect(name: str) -> Any:
    if name == "duckdb":
        return ibis.duckdb.connect()
    if name == "postgres":
        if not POSTGRES:
            pytest.skip(NOT_HERE.format("RETENTION_POSTGRES_URL"))
        return ibis.connect(_own_database(POSTGRES))
    if os.environ.get("RETENTION_SPARK") != "1" or not importlib.util.find_spec("pyspark"):
        pytest.skip("Spark is not here: `pip install pyspark`, set RETENTION_SPARK=1, test again")
    return _spark()


def _own_database(server: str) -> str:
    """One for each process of the tests: what the others make is not seen there."""
    import psycopg

    name = f"retention_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(server, autocommit=True) as connection:
        listed = connection.execute("SELECT datname FROM pg_database").fetchall()
        if (name,) not in listed:
            connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _spark() -> Any:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        # Nothing may depend on it; days without 02:30, and hours that are there twice.
        .config("spark.sql.session.timeZone", "America/New_York")
        .config("spark.sql.warehouse.dir", f"{tempfile.gettempdir()}/retention-spark")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.ui.enabled", "false")
        # Each query runs once: what it would gain by thorough compiling or planning comes too late.
        .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        .config("spark.sql.codegen.cache.maxEntries", "10000")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    return ibis.pyspark.connect(session)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The version guard comes first: where it fails, nothing else can be believed."""
    for name in LISTS:
        tests = set(listed(name))
        for item in items:
            if item.nodeid.partition("[")[0] in tests:
                item.add_marker(name)
    items.sort(key=lambda item: ("test_connection.py" not in item.nodeid, _is_short(item)))


def _is_short(item: pytest.Item) -> bool:
    """Not of a file that runs for minutes: begun last, as xdist would, it keeps one processor alone."""
    return not item.nodeid.startswith(BEGUN_FIRST)
