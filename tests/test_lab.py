"""The command `retention lab`, without opening JupyterLab."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from retention import cli
from retention.command import lab as command
from retention.errors import ArgumentError


def lab(*words: object) -> Result:
    return CliRunner().invoke(cli.app, ["lab", *map(str, words)])


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What would have been run, by a user who is not root."""
    kept: dict[str, Any] = {}

    def start(words: list[str], cwd: Path) -> SimpleNamespace:
        kept.update(words=words, cwd=cwd)
        return SimpleNamespace(returncode=3)

    monkeypatch.setattr(command.subprocess, "run", start)
    monkeypatch.setattr(command.os, "geteuid", lambda: 1000, raising=False)
    return kept


# examples


def test_arguments_and_status_pass_through(started: dict[str, Any], tmp_path: Path) -> None:
    assert lab(tmp_path, "--no-browser", "--port=9999", "--ip", "127.0.0.1").exit_code == 3
    assert started["cwd"] == tmp_path
    assert started["words"][:3] == [sys.executable, "-m", "jupyterlab"]
    # Behind our own, so that theirs win.
    assert started["words"][-4:] == ["--no-browser", "--port=9999", "--ip", "127.0.0.1"]
    assert "--allow-root" not in started["words"]


def test_jupyter_is_told_that_root_is_meant(
    started: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.os, "geteuid", lambda: 0, raising=False)
    lab(tmp_path)
    assert "--allow-root" in started["words"]


def test_control_c_is_for_jupyter_to_answer(
    started: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(words: list[str], cwd: Path) -> SimpleNamespace:
        signal.raise_signal(signal.SIGINT)
        return SimpleNamespace(returncode=0)

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(command.subprocess, "run", interrupted)
    assert lab(tmp_path).exit_code == 0
    assert signal.getsignal(signal.SIGINT) is before


# refusals


def test_a_folder_that_is_not_there(started: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"there is no such folder. Make one: retention init"):
        raise lab(tmp_path / "none").exception or AssertionError
    assert started == {}


def test_without_jupyterlab(
    started: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ArgumentError, match=r"JupyterLab is not installed. Run: pip install"):
        raise lab(tmp_path).exception or AssertionError
    assert started == {}
