"""Files for others: written whole or not at all, and with no cell that a spreadsheet would run."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, overload

import pandas as pd

from retention.errors import ExportError
from retention.leftovers import own_file

# What makes Excel, LibreOffice or Google Sheets read a text as a formula; the full-width forms too.
# The hyphen is the last, so that it stands for itself in a pattern.
_RUNS = ("=", "+", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "-")
# Control characters, surrogates and non-characters that no Office file may hold.
_ODD = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
UNWRITABLE = re.compile(f"[{_ODD}\ud800-\udfff]")
# A text that may need care; Arrow looks for it, whose own texts hold no surrogates.
_SUSPECT = f"^[ \u00a0]*[{''.join(_RUNS)}]|[{_ODD}\r]"


@contextmanager
def atomic_path(path: str | Path) -> Iterator[Path]:
    """Yield a path beside `path`; what was written there takes its place when the block ends well.

    Parameters
    ----------
    path
        The file to be written. Its folder must exist; an existing file is replaced.

    Yields
    ------
    pathlib.Path
        A new, empty file in the same folder, with the same suffix.

    Raises
    ------
    ExportError
        The folder is missing or not writable, `path` is a folder, or the file is open elsewhere.
        The temporary file is gone then, and an older file at `path` is unchanged.

    Notes
    -----
    What a killed run left is cleared by the next one that writes to the same `path`.

    The trap: keep nothing open on the yielded path when the block ends, Windows refuses to move it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with atomic_path(Path(folder) / "note.txt") as temporary:
    ...         _ = temporary.write_text("whole")
    ...     (Path(folder) / "note.txt").read_text()
    'whole'
    """
    target = _checked(Path(path))
    with ExitStack() as stack:
        temporary = _created(target, stack)
        try:
            yield temporary
            _moved(temporary, target)
        except ExportError:
            raise
        except OSError as error:
            raise ExportError(
                f"{target}: could not be written ({error.strerror or error}). "
                "Nothing was left half-written. Free some space or choose another folder."
            ) from error


def at_home(path: str | Path) -> Path:
    """The path with ~ as the home folder; where it names nobody's, a file's name begins with it.

    Examples
    --------
    >>> at_home("~nobody of this name.csv").name
    '~nobody of this name.csv'
    """
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


@overload
def neutralise(value: pd.DataFrame) -> pd.DataFrame: ...
@overload
def neutralise(value: str) -> str: ...
@overload
def neutralise(value: object) -> object: ...
def neutralise(value: object) -> object:
    """The same value or table, with no text that a spreadsheet would run as a formula.

    Parameters
    ----------
    value
        A text, a DataFrame, or anything else. A text that begins with ``= + - @``, a tab or a line
        break gets a leading apostrophe; characters that no Office file may hold are left out. A lone
        carriage return becomes a blank: unquoted in a CSV, it would begin a row.

    Returns
    -------
    the type of `value`
        Numbers, dates and missing values are unchanged. A DataFrame comes back as a new one of the
        same rows, its text cells, column names and index treated alike.

    Notes
    -----
    The trap: the text ``"-5"`` is text and gets its apostrophe; keep numbers in number columns.

    Examples
    --------
    >>> neutralise("=1+1"), neutralise("An"), neutralise(-5)
    ("'=1+1", 'An', -5)
    >>> neutralise(pd.DataFrame({"@name": ["+84", "An"], "amount": [-1, 2]})).to_dict("list")
    {"'@name": ["'+84", 'An'], 'amount': [-1, 2]}
    """
    if isinstance(value, pd.DataFrame):
        return _safe_frame(value)
    if isinstance(value, str):
        return _safe_text(value)
    if isinstance(value, tuple):
        return tuple(neutralise(part) for part in value)
    return value


def _safe_text(value: str) -> str:
    writable = UNWRITABLE.sub("", value).replace("\r\n", "\n").replace("\r", " ")
    return f"'{writable}" if writable.lstrip(" \u00a0").startswith(_RUNS) else writable


def _safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    columns = [_safe_column(frame.iloc[:, place]) for place in range(frame.shape[1])]
    safe = pd.concat(columns, axis=1) if columns else frame.copy()
    safe.columns = _safe_index(frame.columns)
    safe.index = _safe_index(frame.index)
    safe.attrs = dict(frame.attrs)
    return safe


def _safe_column(column: pd.Series[Any]) -> pd.Series[Any]:
    dtype = column.dtype
    if pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_datetime64_any_dtype(dtype):
        return column
    if isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow":
        is_suspect = column.str.contains(_SUSPECT, na=False)
        return column.where(~is_suspect, column[is_suspect].map(_safe_text))
    # Cell by cell, not by category: two categories may become one text.
    safe = column.astype(object).map(neutralise)
    return safe.astype(dtype) if isinstance(dtype, pd.StringDtype) else safe.astype(object)


def _safe_index(index: pd.Index[Any]) -> pd.Index[Any]:
    keeps = len(index) == 0 or pd.api.types.is_numeric_dtype(index.dtype)
    safe = index if keeps else index.map(neutralise)
    return safe.set_names([neutralise(name) for name in index.names])


def _checked(path: Path) -> Path:
    # A link is followed, so that the file it points to is replaced and the link stays.
    target = at_home(path).resolve()
    if target.is_dir():
        raise ExportError(f"{target}: is a folder. Give a file name in it.")
    if not target.parent.is_dir():
        raise ExportError(
            f"{target.parent}: there is no such folder, so {target.name} was not written. "
            "Make the folder first or choose another one."
        )
    return target


def _created(target: Path, stack: ExitStack) -> Path:
    try:
        temporary = stack.enter_context(own_file(target))
        if target.exists():
            shutil.copymode(target, temporary)
    except OSError as error:
        raise ExportError(
            f"{target.parent}: nothing can be written in this folder "
            f"({error.strerror or error}). Choose a folder of your own."
        ) from error
    return temporary


def _moved(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError as error:
        raise ExportError(
            f"{target}: cannot be replaced, it is probably open in PowerPoint or Excel. "
            "Close it and run this again, or give another name. The old file is unchanged."
        ) from error
