"""A folder written by Spark is whole or not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from retention.engine.spark_folder import check_folder, write_folder
from retention.errors import ExportError

BROKEN = "SELECT IF(id < 3, id, CAST(raise_error('broken') AS BIGINT)) AS T FROM range(5)"
pytestmark = pytest.mark.slow


@pytest.fixture
def spark(backend: Any) -> Any:
    if backend.connection.name != "pyspark":
        pytest.skip("only Spark writes folders")
    return backend


def test_a_new_folder_is_written_and_an_old_one_refused(spark: Any, tmp_path: Path) -> None:
    path = tmp_path / "a b.parquet"
    rows = spark.table(pd.DataFrame({"T": [1, 2]}))
    check_folder(rows, str(path))
    write_folder(rows, str(path))
    assert sorted(pd.read_parquet(path)["T"]) == [1, 2]
    with pytest.raises(ExportError, match=r"there is a file or folder of this name already"):
        check_folder(rows, str(path))
    assert list(tmp_path.iterdir()) == [path]


def test_a_query_that_fails_leaves_nothing(spark: Any, tmp_path: Path) -> None:
    broken = spark.connection.sql(BROKEN, schema={"T": "int64"})
    with pytest.raises(Exception, match="broken"):
        write_folder(broken, str(tmp_path / "scores.parquet"))
    assert list(tmp_path.iterdir()) == []
