"""Results as Parquet files in a folder, written by the Spark cluster itself."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import ibis

from retention.engine.spark import in_utc
from retention.errors import ExportError


def check_folder(rows: Any, path: str) -> None:
    """Refuse a path at which Spark has something already.

    Raises
    ------
    ExportError
        If there is a file or a folder.
    """
    files, target = _files(rows, path)
    if files.exists(target):
        raise ExportError(
            f"{path}: there is a file or folder of this name already, and Spark writes a folder. "
            "Delete it first, or pass another name."
        )


def write_folder(rows: Any, path: str) -> None:
    """Write beside the path, then rename: a whole folder or none, also after an interrupt.

    Raises
    ------
    ExportError
        If what was written could not be given its name.
    """
    files, target = _files(rows, path)
    beside = target.suffix(f"-{uuid4().hex[:12]}.unfinished")
    backend = ibis.get_backend(rows)
    try:
        with in_utc(backend):
            found = backend.raw_sql(backend.compile(rows))
            found.write.parquet(beside.toString())
        check_folder(rows, path)
        if not files.rename(beside, target):
            raise ExportError(
                f"{path}: what was written beside it could not be renamed, and was deleted. "
                "Make sure that its folder can be written to, or pass another path."
            )
    finally:
        files.delete(beside, True)


def _files(rows: Any, path: str) -> tuple[Any, Any]:
    """The file system of a path, and the path, as the cluster sees them."""
    session = ibis.get_backend(rows)._session
    target = session._jvm.org.apache.hadoop.fs.Path(path)
    return target.getFileSystem(session._jsc.hadoopConfiguration()), target
