"""The starter folder: notebooks, settings and the sample, copied to where an analyst works."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from retention.errors import ExportError
from retention.files import atomic_path
from retention.orders.sample_files import sample_folder

PACKAGE = Path(__file__).resolve().parents[1]
SETTINGS = "retention.toml"


def notebooks_folder() -> Path:
    """Where the notebooks lie: in the wheel, or in the repository beside the package.

    Raises
    ------
    ExportError
        If they are not part of the installation.
    """
    for folder in (PACKAGE / "_notebooks", PACKAGE.parent / "notebooks"):
        if (folder / SETTINGS).exists():
            return folder
    raise ExportError(
        "notebooks: not part of this installation. Install the package again from its wheel."
    )


def copy_starter(folder: Path, settings: str | None = None) -> tuple[list[Path], list[Path]]:
    """Copy notebooks, settings and sample; files that are there already stay as they are.

    Parameters
    ----------
    folder
        Made if missing.
    settings
        The text of the `retention.toml`; None is that of the sample.

    Returns
    -------
    (list of Path, list of Path)
        Files written, and files kept.

    Raises
    ------
    ExportError
        If the folder cannot be made or written, or has settings of its own already where some are
        given; nothing is written then.
    """
    contents = _contents(folder)
    if settings is not None:
        _refuse_other_settings(folder / SETTINGS, (contents[folder / SETTINGS], settings.encode()))
        contents[folder / SETTINGS] = settings.encode()
    is_kept = {
        path: path.exists() and not (settings and path.name == SETTINGS) for path in contents
    }
    written = [path for path in contents if not is_kept[path]]
    with _all_or_nothing(folder, written):
        for target in written:
            _make_folder(target.parent)
            with atomic_path(target) as temporary:
                temporary.write_bytes(contents[target])
    return written, [path for path in contents if is_kept[path]]


@contextmanager
def _all_or_nothing(folder: Path, files: Sequence[Path]) -> Iterator[None]:
    """What was made inside goes again where it ends badly, as on a full disk or when stopped."""
    folders = [path for path in (folder / "sample", folder, *folder.parents) if not path.exists()]
    new = [path for path in files if not path.exists()]
    try:
        yield
    except BaseException:
        for path in new:
            with suppress(OSError):
                path.unlink()
        for path in folders:
            with suppress(OSError):  # Not made, or not empty.
                path.rmdir()
        raise


def _refuse_other_settings(path: Path, known: tuple[bytes, ...]) -> None:
    """Settings of somebody are not replaced; those of the sample are nobody's."""
    if path.exists() and path.read_bytes() not in known:
        raise ExportError(
            f"{path}: is there already and says something else, so nothing was written. Edit it, move it "
            "away, or give another folder."
        )


def _contents(folder: Path) -> dict[Path, bytes]:
    notebooks = notebooks_folder()
    files = {folder / path.name: path.read_bytes() for path in sorted(notebooks.glob("*.ipynb"))}
    # In the repository the sample lies elsewhere than in a starter folder.
    settings = (
        (notebooks / SETTINGS).read_text(encoding="utf-8").replace("../data/sample/", "sample/")
    )
    files[folder / SETTINGS] = settings.encode()
    for path in sorted(sample_folder().iterdir()):
        if path.is_file():
            files[folder / "sample" / path.name] = path.read_bytes()
    return files


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{folder}: the folder cannot be made ({error.strerror}). Choose another place."
        ) from error
