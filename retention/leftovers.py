"""Folders and files of this process: gone when it ends, and cleared by the next one if it was killed.

Whoever makes one holds a lock of the operating system on it, which goes with the process however that
ends. What nobody holds is abandoned, and is cleared by the next who makes one of the same kind in the
same place. Where locks are not known (some network drives), nobody can tell, and nothing is cleared.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".lock"
TRIES = 50
# The process that made them; a fork of it has them in memory, too, and must not clear them.
_PROCESS = os.getpid()
_held: dict[Path, IO[bytes]] = {}


def own_folder(parent: Path, prefix: str) -> Path:
    """Make a folder of the process's own in `parent`; clear the abandoned ones of this prefix.

    Raises
    ------
    OSError
        Nothing can be made in `parent`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as parent:
    ...     folder = own_folder(Path(parent), "example-")
    ...     _ = (folder / "note.txt").write_text("for a while")
    ...     give_back(folder)
    ...     list(Path(parent).iterdir())
    []
    """
    for folder in _named(parent, prefix, ""):
        _clear_folder(folder)
    for _ in range(TRIES):
        folder = parent / f"{prefix}{_mark()}"
        folder.mkdir(mode=0o700)
        # Until the lock is held, somebody who clears may take the folder for abandoned.
        with suppress(FileNotFoundError):
            if lock := _new_locked(folder / LOCK):
                _held[folder] = lock
                return folder
    raise OSError(f"{parent}: folders made there are gone at once")


def give_back(folder: Path) -> None:
    """Remove a folder that `own_folder` made; what is open elsewhere stays for the next process."""
    if lock := _held.pop(folder, None):
        _remove(folder, lock)


@contextmanager
def own_file(target: Path) -> Iterator[Path]:
    """Yield a new, empty file beside `target`, gone at the end unless it was moved.

    Clears the abandoned ones of the same target, but not on Windows: a file cannot be moved there
    while its lock is held. A writer must fill this very file: the lock is on the inode, and a writer
    that puts another in its place would leave that one without.

    Raises
    ------
    OSError
        Nothing can be made beside `target`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as parent, own_file(Path(parent) / "note.txt") as file:
    ...     file.suffix, file.read_text()
    ('.txt', '')
    """
    prefix = f".{target.stem[:60]}-"
    if sys.platform != "win32":
        for file in _named(target.parent, prefix, target.suffix):
            _clear_file(file)
    file, lock = _new_file(target, prefix)
    try:
        if sys.platform == "win32":
            lock.close()
        yield file
    finally:
        file.unlink(missing_ok=True)
        lock.close()


def _new_file(target: Path, prefix: str) -> tuple[Path, IO[bytes]]:
    for _ in range(TRIES):
        file = target.with_name(f"{prefix}{_mark()}{target.suffix}")
        if lock := _new_locked(file):
            return file, lock
    raise OSError(f"{target.parent}: files made there are gone at once")


def _mark() -> str:
    return uuid4().hex[:12]


def _named(parent: Path, prefix: str, suffix: str) -> list[Path]:
    """What lies in `parent` under a name of this kind, and belongs to the same user."""
    name = re.compile(f"{re.escape(prefix)}[0-9a-f]{{12}}{re.escape(suffix)}")
    try:
        found = [path for path in parent.iterdir() if name.fullmatch(path.name)]
    except OSError:
        return []  # Not to be listed, but perhaps to be written.
    return [path for path in found if _is_ours(path)]


def _is_ours(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    is_link = stat.S_ISLNK(status.st_mode)
    return not is_link and (sys.platform == "win32" or status.st_uid == os.geteuid())


def _new_locked(path: Path) -> IO[bytes] | None:
    """A new file with its lock held; None if somebody who clears took it before that."""
    file = path.open("x+b")
    try:
        if not _lock(file) or not _is_at(path, file):
            file.close()
            return None
    except OSError:
        pass  # No locks here: nobody else can take it, either.
    return file


def _abandoned(path: Path) -> IO[bytes] | None:
    """The file with its lock, if nobody else holds it."""
    try:
        file = path.open("r+b")
    except OSError:
        return None
    try:
        if _lock(file) and _is_at(path, file):
            return file
    except OSError:
        pass
    file.close()
    return None


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _is_at(path: Path, file: IO[bytes]) -> bool:
    """Whether the open file is still the one of that name."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _clear_file(file: Path) -> None:
    if lock := _abandoned(file):
        with suppress(OSError):
            file.unlink()
        lock.close()


def _clear_folder(folder: Path) -> None:
    if lock := _abandoned(folder / LOCK):
        _remove(folder, lock)
    else:
        # Its process was killed before it could make the lock; what holds anything stays.
        with suppress(OSError):
            folder.rmdir()


def _remove(folder: Path, lock: IO[bytes]) -> None:
    """The lock goes last, so that what is left of a folder is still known as abandoned."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name != LOCK:
                _remove_inside(path)
    if sys.platform == "win32":
        lock.close()  # What is open is not deleted there.
    # Elsewhere the lock is held to the end: whoever has just made the folder must not get it meanwhile.
    with suppress(OSError):
        if [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()
    lock.close()


def _remove_inside(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


@atexit.register
def _give_back_all() -> None:
    """Registered when imported, so it runs after all that is registered later and uses a folder."""
    if os.getpid() == _PROCESS:
        for folder in list(_held):
            give_back(folder)
