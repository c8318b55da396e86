"""The soak finds what is damaged or left, and ten kills of something quick leave nothing."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest
import soak
from soak import Work

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="files of a killed run are not cleared there"),
]

# A file, an unpacked source and a report's workshop, all half done most of the time.
QUICK = """
import sys, time
from pathlib import Path
from retention.engine.workspace import temporary_folder
from retention.files import atomic_path
from retention.leftovers import give_back, own_folder
output = Path(sys.argv[1])
output.mkdir(exist_ok=True)
(temporary_folder() / "unpacked").mkdir()
(temporary_folder() / "unpacked" / "orders.csv").write_text("x")
workshop = own_folder(output, ".report-")
(workshop / "half.html").write_text("<html>")
with atomic_path(output / "page.html") as temporary:
    with temporary.open("w") as page:
        for part in ("<html>", "text", "</html>"):
            page.write(part)
            page.flush()
            time.sleep(0.15)
give_back(workshop)
"""
# In a group of its own, as a kernel is.
STARTS = """
import subprocess, sys
from pathlib import Path
words = [sys.executable, "-c", "import time; time.sleep(60)"]
other = subprocess.Popen(words, start_new_session=True)
Path(sys.argv[1], "started").write_text(str(other.pid))
other.wait()
"""
DIRTY = "import sys, pathlib; pathlib.Path(sys.argv[1], '.half').touch()"


def work(code: str, folder: Path) -> Work:
    (folder / "out").mkdir()
    return Work("quick", ["-c", code, str(folder / "out")], folder)


# examples


def test_ten_kills_leave_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert soak.soak([work(QUICK, tmp_path)], runs=10, seed=1) == 0
    assert capsys.readouterr().out.endswith("10 of 10\n")


def test_what_it_has_started_is_killed_too(tmp_path: Path) -> None:
    quick = work(STARTS, tmp_path)
    quick.killed(1)
    number = int((quick.output / "started").read_text())
    assert not psutil.pid_exists(number) or psutil.Process(number).status() == "zombie"


# refusals


def test_what_is_left_and_what_is_missing_are_named(tmp_path: Path) -> None:
    quick = work(DIRTY, tmp_path)
    assert quick.completed() == ["left behind: .half"]
    quick.files = ("page.html",)
    assert quick.completed() == ["left behind: .half", "missing: page.html"]
    quick.words[1] = "1 / 0"
    assert "ZeroDivisionError" in quick.completed()[0]


@pytest.mark.parametrize("name", ["a.xlsx", "a.pptx", "a.html", "a.ipynb", "a.toml"])
def test_half_a_file_is_not_whole(name: str, tmp_path: Path) -> None:
    quick = work("", tmp_path)
    (quick.output / name).write_bytes(b"PK half = ")
    (damage,) = quick.damaged()
    assert damage.startswith(f"not whole: {name} (")
    (quick.output / name).rename(quick.output / f".{name}")
    assert list(quick.damaged()) == []
