"""The starter folder: notebooks, settings and the sample, copied to where an analyst works."""

from __future__ import annotations

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


def copy_starter(folder: Path) -> tuple[list[Path], list[Path]]:
    """Copy notebooks, settings and sample; files that are there already stay as they are.

    Returns
    -------
    (list of Path, list of Path)
        Files written, and files kept.

    Raises
    ------
    ExportError
        If the folder cannot be made or written.
    """
    written: list[Path] = []
    kept: list[Path] = []
    for target, content in _contents(folder).items():
        if target.exists():
            kept.append(target)
            continue
        _make_folder(target.parent)
        with atomic_path(target) as temporary:
            temporary.write_bytes(content)
        written.append(target)
    return written, kept


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
