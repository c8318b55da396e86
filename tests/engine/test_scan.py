"""Files read where they lie: any name, any folder, and nothing left behind."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retention.engine.frames import to_arrow
from retention.engine.scan import scan
from retention.engine.workspace import temporary_folder


def scanned(path: Path) -> Any:
    columns = {"c1": "VARCHAR", "c2": "VARCHAR"}
    return scan("read_csv", path, columns=columns, header=False, skip=1, auto_detect=False)


# Examples


@pytest.mark.parametrize("name", ["a.csv", "a [2024]*?.csv", "đơn hàng o'neil.csv"])
def test_the_name_is_meant_as_it_stands(name: str, tmp_path: Path) -> None:
    (tmp_path / "a 2.csv").write_text("x,y\n3,4\n")
    (tmp_path / name).write_text("x,y\n1,2\n")
    assert to_arrow(scanned(tmp_path / name)).to_pylist() == [{"c1": "1", "c2": "2"}]


def test_the_folder_may_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    monkeypatch.chdir(tmp_path)
    rows = scanned(Path("a.csv"))
    monkeypatch.chdir(tmp_path.parent)
    assert to_arrow(rows).num_rows == 1


def test_the_view_goes_with_its_last_use(tmp_path: Path, names: Callable[[], set[str]]) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    table = scanned(tmp_path / "a.csv")
    name = table.op().name
    derived = table.filter(table.c1 == "1")
    del table
    gc.collect()
    assert name in names()
    assert to_arrow(derived).num_rows == 1
    del derived
    gc.collect()
    assert name not in names()


def test_one_folder_for_all_that_is_temporary() -> None:
    assert temporary_folder() == temporary_folder()
    assert temporary_folder().is_dir()


# Refusals


def test_a_stop_on_the_way_is_one_and_leaves_nothing(
    tmp_path: Path, stopped: pytest.MonkeyPatch, names: Callable[[], set[str]]
) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    before = names()
    with pytest.raises(KeyboardInterrupt):
        scanned(tmp_path / "a.csv")
    stopped.undo()
    assert names() == before
