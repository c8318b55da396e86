from __future__ import annotations

import errno
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retention.errors import ExportError
from retention.files import at_home, atomic_path, neutralise


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


# examples


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    target.chmod(0o640)
    with atomic_path(target) as temporary:
        temporary.write_text("new")
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".txt"
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["report.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    with atomic_path(link) as temporary:
        temporary.write_text("new")
    assert link.is_symlink()
    assert real.read_text() == "new"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+84 90", "'+84 90"),
        ("-5", "'-5"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("\r=1", "' =1"),
        ("\x00\r\r=1", "'  =1"),
        ("An\r=1", "An =1"),
        ("An\r\nBo", "An\nBo"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("\x00=1", "'=1"),
        ("a=b", "a=b"),
        ("'=1", "'=1"),
        ("", ""),
        ("Nguyễn", "Nguyễn"),
    ],
)
def test_texts(text: str, safe: str) -> None:
    assert neutralise(text) == safe


def test_a_frame_keeps_its_numbers_and_loses_its_formulas() -> None:
    frame = pd.DataFrame(
        {
            "=name": ["=1+1", None, "An"],
            "amount": [-1.5, float("nan"), 2.0],
            "kind": ["-", "a", "-"],
        }
    )
    frame["kind"] = frame["kind"].astype("category")
    frame.attrs = {"definition": "rfm"}
    safe = neutralise(frame)
    assert list(safe.columns) == ["'=name", "amount", "kind"]
    assert safe["'=name"].tolist()[0] == "'=1+1"
    assert pd.isna(safe["'=name"].tolist()[1])
    assert safe["kind"].tolist() == ["'-", "a", "'-"]
    pd.testing.assert_series_equal(safe["amount"], frame["amount"])
    assert safe.attrs == {"definition": "rfm"}
    assert list(frame.columns) == ["=name", "amount", "kind"]


def test_columns_of_the_same_name_and_indexes_are_treated_too() -> None:
    frame = pd.DataFrame([["=a", 1], ["b", 2]], columns=["x", "x"], index=["@i", "j"])
    safe = neutralise(frame)
    assert safe.iloc[:, 0].tolist() == ["'=a", "b"]
    assert safe.index.tolist() == ["'@i", "j"]


def test_a_name_may_begin_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/an")
    monkeypatch.setenv("USERPROFILE", "/an")
    assert at_home("~/a.csv") == Path("/an/a.csv")
    assert at_home("~no such person.csv") == Path("~no such person.csv")


# laws


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=8))
def test_twice_is_once_and_nothing_runs(text: str) -> None:
    once = neutralise(text)
    assert neutralise(once) == once
    assert not once.lstrip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


ODD = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    " ",
    "\u00a0",
    "\t",
    "\n",
    "\r",
    "\x00",
    "\x1f",
    "\ufffe",
    "a",
    "ế",
    "^",
    "]",
]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.none() | st.text(st.sampled_from(ODD) | st.characters(codec="utf-8"), max_size=5))
)
def test_a_column_is_treated_like_its_cells(texts: list[str | None]) -> None:
    column = neutralise(pd.DataFrame({"x": pd.array(texts, dtype="str")}))["x"]
    assert column.dtype == "str"
    wanted = [None if text is None else neutralise(text) for text in texts]
    assert [None if pd.isna(cell) else cell for cell in column] == wanted


# refusals


def test_an_error_inside_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), atomic_path(target) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report.txt"]


def test_a_full_disk_is_said_and_cleaned_up(tmp_path: Path) -> None:
    with (
        pytest.raises(ExportError, match=r"could not be written .*No space left.*half-written"),
        atomic_path(tmp_path / "report.txt"),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert names(tmp_path) == []


def test_a_file_open_in_powerpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", refuse)
    target = tmp_path / "report.pptx"
    target.write_text("old")
    with (
        pytest.raises(ExportError, match=r"probably open in PowerPoint or Excel. Close it"),
        atomic_path(target) as temporary,
    ):
        temporary.write_text("new")
    assert target.read_text() == "old"
    assert names(tmp_path) == ["report.pptx"]


def test_a_folder_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with (
        pytest.raises(ExportError, match=r"nothing can be written .*Permission denied"),
        atomic_path(tmp_path / "report.txt"),
    ):
        pass
    assert names(tmp_path) == []


def test_a_missing_folder_and_a_folder_as_file(tmp_path: Path) -> None:
    with (
        pytest.raises(ExportError, match=r"no such folder, so a.txt"),
        atomic_path(tmp_path / "none" / "a.txt"),
    ):
        pass
    with pytest.raises(ExportError, match=r"is a folder. Give a file name"), atomic_path(tmp_path):
        pass
    assert names(tmp_path) == []
