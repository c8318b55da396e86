"""Which files are meant: a path, a pattern, a folder, or several of these."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from retention.errors import examples
from retention.files import at_home
from retention.orders.sources.kind import PARQUETS, is_named_as_table
from retention.orders.sources.request import Request

LOCK = "~$"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+]+://")


def find_files(given: object, request: Request) -> list[Path]:
    """The files in the order given; those of a pattern or folder by name.

    Raises
    ------
    OrdersError
        If there is none, or one is named twice.
    """
    items = given if isinstance(given, (list, tuple, set, frozenset)) else [given]
    if not items:
        raise request.refusal("the list of files is empty. Check the pattern that made it.")
    if isinstance(items, (set, frozenset)):
        items = sorted(items, key=str)
    files = [path for item in items for path in _expanded(item, request)]
    _refuse_unwritable(files, request)
    seen = [path.resolve() for path in files]
    twice = [path.name for path, real in zip(files, seen, strict=True) if seen.count(real) > 1]
    if twice:
        raise request.refusal(
            f"{len(twice)} of {len(files)} files are the same ({examples(dict.fromkeys(twice))}): "
            "their lines would count twice. Name each file once."
        )
    return files


def labels_of(files: Sequence[Path]) -> list[str]:
    """What to call each file: its name, with its folders where names repeat."""
    names = [path.name for path in files]
    if len(set(names)) == len(names):
        return names
    base = os.path.commonpath([path.absolute().parent for path in files])
    return [path.absolute().relative_to(base).as_posix() for path in files]


def _refuse_unwritable(files: Sequence[Path], request: Request) -> None:
    """The engine takes names in UTF-8 only, and so does a retention.toml."""
    names = [next(filter(_is_unwritable, path.absolute().parts), "") for path in files]
    wrong = [name for name in names if name]
    if wrong:
        raise request.refusal(
            f"{len(wrong)} of {len(files)} files have a name, or lie in a folder of one, that is not "
            f"UTF-8 ({examples(dict.fromkeys(wrong))}). Rename them."
        )


def _is_unwritable(name: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in name)


def _expanded(item: object, request: Request) -> list[Path]:
    if not isinstance(item, (str, os.PathLike)):
        raise request.refusal(
            f"a list may hold paths, not a {type(item).__name__}. Put frames together first, "
            "such as pandas.concat(frames)."
        )
    text = os.fspath(item)
    if not isinstance(text, str):
        text = os.fsdecode(text)
    if _ADDRESS.match(text):
        raise request.refusal(
            f"{text} is an address; nothing is read over the network. Download the file and give "
            "its path."
        )
    path = at_home(text)
    if path.is_dir():
        return _in_folder(path, request)
    if path.exists() or not glob.has_magic(str(path)):
        return [_existing(path, request)]
    return _matching(path, request)


def _existing(path: Path, request: Request) -> Path:
    if not path.exists():
        raise request.refusal(
            f"there is no file {path}. Check the spelling; the folder it was looked for in is "
            f"{path.absolute().parent}."
        )
    if path.name.startswith(LOCK):
        raise request.refusal(
            f"{path.name} is no table: Excel notes in it who has {path.name.removeprefix(LOCK)} open. "
            "Close that in Excel, or name the files without it."
        )
    if not path.is_file():
        raise request.refusal(
            f"{path} is no file but a pipe or a device, which cannot be read twice. Save what comes "
            "out of it as a file, and give its path."
        )
    return path


def _matching(pattern: Path, request: Request) -> list[Path]:
    found = _tables(Path(pattern.anchor or ".").glob(str(pattern.relative_to(pattern.anchor))))
    if not found:
        raise request.refusal(
            f"no table matches the pattern {pattern}. Check the spelling; the folder it was looked "
            f"for in is {pattern.absolute().parent}."
        )
    return found


def _in_folder(folder: Path, request: Request) -> list[Path]:
    """The tables right in it; else the Parquet files below it, as engines write them."""
    found = _tables(folder.iterdir())
    below = (path for ending in PARQUETS for path in folder.rglob(f"*{ending}"))
    found = found or _tables(below)
    if not found:
        names = sorted(path.name for path in folder.iterdir())
        raise request.refusal(
            f"{folder} is a folder without tables ({examples(names)}). Give the path of a file, or "
            "of a folder with CSV, Excel or Parquet files that have the same columns."
        )
    return found


def _tables(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.is_file() and is_named_as_table(path))
