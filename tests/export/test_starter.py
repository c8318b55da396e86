from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from retention.errors import ExportError
from retention.export import starter
from retention.export.starter import copy_starter, notebooks_folder
from retention.files import atomic_path
from retention.orders.read import read_orders
from retention.orders.sample_files import sample_folder
from retention.orders.settings_file import read_settings


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


# examples


def test_the_folder_holds_notebooks_settings_and_sample(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "Báo cáo"
    written, kept = copy_starter(folder)
    notebooks = [path.name for path in sorted(notebooks_folder().glob("*.ipynb"))]
    assert len(notebooks) >= 4
    tables = [f"sample/{name}.csv" for name in ("orders", "people", "touches", "costs")]
    assert files(folder) == sorted([*notebooks, "retention.toml", "sample/README.md", *tables])
    assert sorted(written) == sorted(folder / name for name in files(folder))
    assert kept == []
    for name in notebooks:
        assert (folder / name).read_bytes() == (notebooks_folder() / name).read_bytes()
    sample = (folder / "sample" / "orders.csv").read_bytes()
    assert sample == (sample_folder() / "orders.csv").read_bytes()


@pytest.mark.slow
def test_its_settings_lead_to_its_own_sample(tmp_path: Path) -> None:
    copy_starter(tmp_path)
    settings = read_settings(tmp_path / "retention.toml")
    assert settings.source == tmp_path / "sample" / "orders.csv"
    assert settings.people == tmp_path / "sample" / "people.csv"
    orders = read_orders(tmp_path / "retention.toml")
    assert orders.currency == "VND"
    assert "province" in orders.attributes


def test_edits_are_kept_and_only_what_is_missing_is_written(tmp_path: Path) -> None:
    first, _ = copy_starter(tmp_path)
    (tmp_path / "retention.toml").write_text("mine")
    (tmp_path / "sample" / "people.csv").unlink()
    (tmp_path / "notes.txt").write_text("mine, too")
    written, kept = copy_starter(tmp_path)
    assert written == [tmp_path / "sample" / "people.csv"]
    assert sorted([*written, *kept]) == sorted(first)
    assert (tmp_path / "retention.toml").read_text() == "mine"
    assert (tmp_path / "notes.txt").read_text() == "mine, too"


# refusals


@pytest.mark.parametrize("is_there", [False, True])
def test_a_full_disk_leaves_what_was_there(
    is_there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(path: Path) -> Iterator[Path]:
        if path.name == "people.csv":
            raise ExportError("No space left on device")
        with atomic_path(path) as temporary:
            yield temporary

    folder = tmp_path / "small" / "w"
    if is_there:
        folder.mkdir(parents=True)
        (folder / "retention.toml").write_text("mine")
    monkeypatch.setattr(starter, "atomic_path", full)
    with pytest.raises(ExportError, match="No space left"):
        copy_starter(folder)
    assert files(tmp_path) == ["small/w/retention.toml"] * is_there
    assert (tmp_path / "small").exists() == is_there


def test_a_place_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "place").write_text("mine")
    for folder in (tmp_path / "place", tmp_path / "place" / "deeper"):
        with pytest.raises(ExportError, match=r"place.*: the folder cannot be made \(.+\)"):
            copy_starter(folder)
    assert files(tmp_path) == ["place"]


def test_an_installation_without_notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starter, "PACKAGE", tmp_path / "retention")
    with pytest.raises(ExportError, match=r"notebooks: not part of this installation"):
        copy_starter(tmp_path / "mine")
    assert files(tmp_path) == []
