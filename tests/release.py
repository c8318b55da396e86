"""Build what would be uploaded, try it as a stranger would, and stop before uploading it.

The sdist and the wheel are built twice, from the checkout and from the unpacked sdist elsewhere, and
must be equal byte by byte. Then the wheel goes into an empty environment, where the command makes its
demonstration, a starter folder and a report of it; and the sdist runs its own fast tests.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from environment import OURS, ROOT, new_environment, run

BUILD = ("-m", "hatchling", "build", "-d")
FAST = ("-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m", "not slow and not service")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where both files go")
    parser.add_argument("--only-build", action="store_true", help="build, compare, and try nothing")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        built = twice_built(ROOT, Path(folder))
        if not given.only_build:
            try_wheel(built[0], Path(folder))
            try_sdist(Path(folder) / "unpacked")
        deliver(built, given.output)
    print("Nothing was uploaded. To do that, give these two files to your registry's client.")
    return 0


def twice_built(checkout: Path, folder: Path) -> list[Path]:
    """Wheel and sdist; from the checkout, and the same from the sdist.

    Raises
    ------
    SystemExit
        If they differ, or the checkout holds what is not committed.
    """
    refuse_uncommitted(checkout)
    epoch = moment(checkout)
    first = built_in(checkout, folder / "first", epoch)
    source = unpacked(first[1], folder / "unpacked")
    second = built_in(source, folder / "second", epoch)
    compare(first, second)
    return first


def built_in(source: Path, output: Path, epoch: str) -> list[Path]:
    run(sys.executable, *BUILD, output, cwd=source, SOURCE_DATE_EPOCH=epoch)
    (wheel,) = output.glob("*.whl")
    (sdist,) = output.glob("*.tar.gz")
    return [wheel, sdist]


def compare(first: list[Path], second: list[Path]) -> None:
    """Refuse builds that differ."""
    for one, other in zip(first, second, strict=True):
        if one.name != other.name or one.read_bytes() != other.read_bytes():
            raise SystemExit(f"{one.name}: two builds differ. Compare {one} with {other}.")
        print(f"{one.name}: two builds are equal, {one.stat().st_size:,} bytes")


def refuse_uncommitted(checkout: Path) -> None:
    """What goes out must be what a commit holds."""
    if not (checkout / ".git").exists():
        return
    words = ["git", "status", "--porcelain", "--untracked-files=all"]
    changed = run(*words, cwd=checkout).splitlines()
    if changed:
        some = ", ".join(line[3:] for line in changed[:3])
        raise SystemExit(
            f"release: {len(changed)} files are not committed ({some}). See git status. Commit them, "
            "or move them away."
        )


def moment(checkout: Path) -> str:
    """The time of the last commit, which all files of an archive get."""
    if os.environ.get("SOURCE_DATE_EPOCH") or not (checkout / ".git").exists():
        return os.environ.get("SOURCE_DATE_EPOCH", "0")
    return run("git", "log", "-1", "--format=%ct", cwd=checkout).strip()


def unpacked(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        # As a word of extractall, Python knows it from 3.11.4 on.
        archive.extraction_filter = getattr(tarfile, "data_filter", None)
        archive.extractall(folder)
    (source,) = folder.iterdir()
    return source


def try_wheel(wheel: Path, folder: Path) -> None:
    """Install it alone, and run what a newcomer runs first, away from the checkout."""
    programs, away = new_environment(folder / "env"), folder / "away"
    away.mkdir()
    install = ("-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt")
    run(programs / "python", *install, wheel, cwd=away)
    command = programs / "retention"
    print(run(command, "--version", cwd=away).strip())
    run(command, "demo", "--quiet", cwd=away)
    run(command, "init", "work", cwd=away)
    run(command, "report", "work/retention.toml", "-o", "report", "--quiet", cwd=away)
    for part in ("demo/sample", "demo/cdnow", "report"):
        found = sorted(path.suffix for path in (away / part).iterdir())
        print(f"{part}: {len(found)} files, {found.count('.html')} pages")
        if not {".html", ".pptx", ".xlsx"} <= set(found):
            raise SystemExit(f"{part}: a page, the deck or the workbook is missing")


def try_sdist(folder: Path) -> None:
    """The fast tests over the package that lies beside them, with the environment of development."""
    (source,) = folder.iterdir()
    where = run(
        sys.executable, "-c", "import retention; print(retention.__file__)", cwd=source,
        PYTHONPATH=str(source),
    )  # fmt: skip
    if not where.startswith(str(source)):
        raise SystemExit(f"the sdist's tests would try another package: {where.strip()}")
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    variables = kept | {"PYTHONPATH": str(source)}
    done = subprocess.run([sys.executable, *FAST], cwd=source, env=variables)
    if done.returncode:
        raise SystemExit("the sdist's own tests fail")


def deliver(built: list[Path], output: Path) -> None:
    output.mkdir(parents=True, exist_ok=True)
    for path in built:
        shutil.copy2(path, output)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{output / path.name}  sha256 {digest}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
