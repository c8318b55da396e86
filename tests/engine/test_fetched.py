"""Rows of any engine are here while they are needed, and leave no file behind."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from retention.engine import fetched as module
from retention.engine.fetched import fetched
from retention.engine.frames import to_frame
from retention.engine.place import place
from retention.engine.workspace import temporary_folder

FRAME = pd.DataFrame({"customer_id": [f"c{n:03d}" for n in range(250)], "T": range(250)})


def spooled() -> list[Any]:
    return list(temporary_folder().glob("rows-*"))


def test_rows_come_in_batches(backend: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 100)
    with fetched(backend.table(FRAME)) as rows:
        assert place(rows) == "here"
        found = to_frame(rows.order_by("customer_id"), ["customer_id", "T"])
    assert found["customer_id"].tolist() == FRAME["customer_id"].tolist()
    assert found["T"].tolist() == FRAME["T"].tolist()
    assert spooled() == []


def test_no_file_stays_after_an_error(backend: Any) -> None:
    with pytest.raises(KeyboardInterrupt), fetched(backend.table(FRAME)):
        raise KeyboardInterrupt
    assert spooled() == []
