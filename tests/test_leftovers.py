"""What a killed process left is cleared by the next one, and nothing that anybody else has."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from retention import leftovers
from retention.leftovers import give_back, own_file, own_folder

FOLDER = """
from retention.leftovers import own_folder
folder = own_folder(Path(sys.argv[1]), "work-")
(folder / "inner").mkdir()
(folder / "inner" / "orders.csv").write_text("x")
"""
FILE = """
from retention.leftovers import own_file
file = own_file(Path(sys.argv[1]) / "report.xlsx")
file.__enter__().write_text("half")
"""
# A file's lock goes with its handle: Windows could not move a file that is locked.
posix = pytest.mark.skipif(os.name == "nt", reason="files are not locked there")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def process(code: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has run the code and lives."""
    script = (
        f"import sys, time\nfrom pathlib import Path\n{code}\nprint(flush=True)\ntime.sleep(60)"
    )
    words = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "\n"
            yield other
        finally:
            other.kill()


def killed(code: str, folder: Path) -> None:
    with process(code, folder):
        pass


# examples


def test_a_folder_is_private_and_goes_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder = own_folder(tmp_path, "work-")
    assert os.name == "nt" or folder.stat().st_mode & 0o777 == 0o700
    (folder / "inner").mkdir()
    (folder / "inner" / "a.txt").write_text("a")
    give_back(folder)
    give_back(folder)
    assert names(tmp_path) == []


def test_a_link_in_a_folder_goes_and_what_it_points_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.txt").write_text("a")
    folder = own_folder(tmp_path, "work-")
    (folder / "link").symlink_to(tmp_path / "mine")
    give_back(folder)
    assert names(tmp_path) == ["mine"]
    assert names(tmp_path / "mine") == ["a.txt"]


def test_a_folder_goes_with_a_process_that_ends(tmp_path: Path) -> None:
    script = f"import sys\nfrom pathlib import Path\n{FOLDER}"
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    assert names(tmp_path) == []


@posix
def test_a_fork_that_ends_leaves_the_folder_of_its_parent(tmp_path: Path) -> None:
    fork = "import os\nif not os.fork():\n    sys.exit()\nos.wait()\nprint(os.listdir(folder))"
    script = f"import sys\nfrom pathlib import Path\n{FOLDER}\n{fork}"
    words = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    assert "inner" in done.stdout
    assert names(tmp_path) == []


def test_the_folder_of_a_killed_process_is_cleared_by_the_next(tmp_path: Path) -> None:
    killed(FOLDER, tmp_path)
    (left,) = names(tmp_path)
    folder = own_folder(tmp_path, "other-")
    assert names(tmp_path) == [folder.name, left]
    give_back(folder)
    folder = own_folder(tmp_path, "work-")
    assert names(tmp_path) == [folder.name]
    give_back(folder)


def test_a_folder_that_its_process_could_not_lock_any_more_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "work-0123456789ab").mkdir()
    give_back(own_folder(tmp_path, "work-"))
    assert names(tmp_path) == []


@posix
def test_the_file_of_a_killed_process_is_cleared_by_the_next_of_the_same_target(
    tmp_path: Path,
) -> None:
    killed(FILE, tmp_path)
    (left,) = names(tmp_path)
    for other in ("report.pptx", "report2.xlsx"):
        with own_file(tmp_path / other):
            assert left in names(tmp_path)
    with own_file(tmp_path / "report.xlsx") as file:
        assert names(tmp_path) == [file.name]
    assert names(tmp_path) == []


# laws


def test_nothing_of_a_living_process_is_cleared(tmp_path: Path) -> None:
    with process(FOLDER, tmp_path), process(FILE, tmp_path):
        before = names(tmp_path)
        give_back(own_folder(tmp_path, "work-"))
        with own_file(tmp_path / "report.xlsx"):
            pass
        assert names(tmp_path) == before
        assert len(before) == 2


def test_many_at_once_keep_what_is_theirs(tmp_path: Path) -> None:
    def work(number: int) -> None:
        folder = own_folder(tmp_path, "work-")
        (folder / "mine").write_text(str(number))
        with own_file(tmp_path / "report.txt") as file:
            file.write_text(str(number))
            assert (folder / "mine").read_text() == str(number)
            assert file.read_text() == str(number)
        give_back(folder)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(400)))
    assert names(tmp_path) == []


@posix
def test_nothing_of_another_user_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(FOLDER, tmp_path)
    killed(FILE, tmp_path)
    before = names(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    give_back(own_folder(tmp_path, "work-"))
    with own_file(tmp_path / "report.xlsx"):
        pass
    assert names(tmp_path) == before


def test_folders_of_the_same_name_that_hold_something_or_are_links_stay(tmp_path: Path) -> None:
    (tmp_path / "work-0123456789ab").mkdir()
    (tmp_path / "work-0123456789ab" / "mine.txt").write_text("mine")
    (tmp_path / "work-february").mkdir()
    (tmp_path / "work-ba9876543210").symlink_to(tmp_path / "work-february")
    (tmp_path / "work-aaaaaaaaaaaa").write_text("a file")
    before = names(tmp_path)
    give_back(own_folder(tmp_path, "work-"))
    assert names(tmp_path) == before


def test_where_locks_are_not_known_nothing_is_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_: object) -> bool:
        raise OSError(37, "No locks available")

    killed(FOLDER, tmp_path)
    killed(FILE, tmp_path)
    before = names(tmp_path)
    monkeypatch.setattr(leftovers, "_lock", unknown)
    with own_file(tmp_path / "report.xlsx") as file:
        folder = own_folder(tmp_path, "work-")
        assert names(tmp_path) == sorted([*before, file.name, folder.name])
        give_back(folder)
    assert names(tmp_path) == before


def test_what_is_taken_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, taken = leftovers._lock, []

    def late(file: object) -> bool:
        if len(taken) < 2:
            taken.append(Path(file.name))
            taken[-1].unlink()
            if taken[-1].name == leftovers.LOCK:
                taken[-1].parent.rmdir()
        return lock(file)

    monkeypatch.setattr(leftovers, "_lock", late)
    folder = own_folder(tmp_path, "work-")
    assert len(taken) == 2
    assert names(tmp_path) == [folder.name]
    give_back(folder)
    taken.clear()
    with own_file(tmp_path / "report.xlsx") as file:
        assert len(taken) == 2
        assert names(tmp_path) == [file.name]


# refusals


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        own_folder(tmp_path / "none", "work-")
    with pytest.raises(FileNotFoundError), own_file(tmp_path / "none" / "a.txt"):
        pass


def test_a_place_where_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_lock", lambda file: False)
    with (
        pytest.raises(OSError, match="files made there are gone at once"),
        own_file(tmp_path / "a.txt"),
    ):
        pass
    with pytest.raises(OSError, match="folders made there are gone at once"):
        own_folder(tmp_path, "work-")
