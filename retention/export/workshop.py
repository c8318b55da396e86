"""A folder in which files for others are made, before all of them are delivered together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
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


def deliver(files: Sequence[Path], target: Path) -> tuple[Path, ...]:
    """Move finished files out of their workshop to where they belong: all of them, or none.

    Raises
    ------
    ExportError
        If an older one cannot be replaced, as where it is open elsewhere; all are as they were then.
    """
    with ExitStack() as undo:
        for file in files:
            delivered = target / file.name
            try:
                undo.callback(_put_back, _copied(delivered, file.parent), delivered)
                file.replace(delivered)
            except OSError as error:
                raise ExportError(
                    f"{delivered}: cannot be replaced ({error.strerror}), so nothing was. If it is open "
                    "in PowerPoint or Excel, close it; otherwise choose another folder with -o."
                ) from error
        undo.pop_all()
    return tuple(target / file.name for file in files)


def _copied(older: Path, shop: Path) -> Path | None:
    """A copy of what will be replaced, so that it can be put back; it goes with the workshop."""
    if not older.exists():
        return None
    return Path(shutil.copy2(older, shop / f".before-{older.name}", follow_symlinks=False))


def _put_back(copy: Path | None, delivered: Path) -> None:
    with suppress(OSError):  # What could not be replaced is there still.
        if copy is None:
            delivered.unlink(missing_ok=True)
        else:
            copy.replace(delivered)
