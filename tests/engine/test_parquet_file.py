"""A Parquet file of an expression, with what stands under the table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from retention.engine.connection import store
from retention.engine.parquet_file import write_parquet

ROWS = pa.table({"customer_id": ["an", "ba"], "p_alive": [0.1, 1 / 3]})
ATTRS = {"call": "it's {so}", "parameters": {"margin": 0.3}, "currency": None}


def test_rows_and_caption_come_back(tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    write_parquet(store(ROWS), path, attrs=ATTRS, what="Writing")
    found = pd.read_parquet(path)
    assert found.to_dict("list") == ROWS.to_pydict()
    assert found.attrs == ATTRS
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"scores\.parquet"):
        write_parquet(store(ROWS), tmp_path / "no" / "scores.parquet", attrs={}, what="Writing")
