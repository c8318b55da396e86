"""A folder in which files for others are made, before all of them are delivered together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from retention.errors import ExportError
from retention.leftovers import give_back, own_folder


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A folder in the target, gone at the end; what is to stay is delivered from it.

    Raises
    ------
    ExportError
        If nothing can be made in the target.
    """
    is_new = not target.exists()
    try:
        target.mkdir(parents=True, exist_ok=True)
        shop = own_folder(target, ".report-")
    except OSError as error:
        raise ExportError(
            f"{target}: nothing can be written there ({error.strerror}). Choose another "
            "folder with -o."
        ) from error
    try:
        yield shop
    finally:
        give_back(shop)
        if is_new:
            with suppress(OSError):  # Not empty: the report is in it.
                target.rmdir()


def deliver(file: Path, target: Path) -> Path:
    """Move a finished file to where it belongs; an older one is replaced.

    Raises
    ------
    ExportError
        If it cannot be, as where it is open elsewhere.
    """
    delivered = target / file.name
    try:
        file.replace(delivered)
    except OSError as error:
        raise ExportError(
            f"{delivered}: cannot be replaced ({error.strerror}). If it is open in PowerPoint or "
            "Excel, close it; otherwise choose another folder with -o."
        ) from error
    return delivered
