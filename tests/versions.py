"""The versions beside the pinned ones: `dev.py versions lowest`, `resolve`, `renew`.

`lowest` makes an environment with the lowest versions that pyproject.toml allows and runs the fast
tests in it (further words go to pytest). `resolve` asks whether every pinned version has a wheel for
other Pythons, and installs nothing. `renew` writes lowest_versions.txt anew, after a bound was changed.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from environment import ROOT, new_environment, run

PROJECT = ROOT / "pyproject.toml"
PINS = ROOT / "tests" / "lowest_versions.txt"
ENV = ROOT / ".venv-lowest"
OTHER_PYTHONS = ("3.11.0", "3.12", "3.13", "3.14")
# Of the tools of development only those without which a test cannot run; at any version.
TOOLS = (
    "hypothesis", "mpmath", "nbclient", "nbstripout", "odfpy", "polars", "psutil", "pytest",
    "pytest-xdist", "xlwt",
)  # fmt: skip
# What is new says of what is old that it will not do for long: that is known here.
OLD = ("DeprecationWarning", "PendingDeprecationWarning", "FutureWarning")
HEAD = "# The lowest versions that pyproject.toml allows, and what fits. Made by: dev.py versions renew\n"


def main(words: list[str]) -> int:
    if not words or words[0] not in WHAT:
        print(__doc__)
        return 2
    return WHAT[words[0]](words[1:])


def requirements() -> list[str]:
    return list(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"])


def lowest_of(every: list[str]) -> Iterator[str]:
    """Each requirement at its lower bound.

    Examples
    --------
    >>> list(lowest_of(["a>=1.2", "b[x]==3.*", "c>=4,<5"]))
    ['a==1.2', 'b==3', 'c==4']
    """
    for requirement in every:
        found = re.match(r"([\w.-]+)(?:\[[\w,]+\])?(?:>=|==)([\d.]+?)(?:\.\*)?(?:,|$)", requirement)
        if found is None:
            raise SystemExit(f"{requirement}: has no lower bound")
        yield f"{found[1]}=={found[2]}"


def lowest(words: list[str]) -> int:
    """Install once for each state of the two files, then test."""
    wanted = hashlib.sha256(PROJECT.read_bytes() + PINS.read_bytes()).hexdigest()
    ready = ENV / ".ready"
    if not ready.exists() or ready.read_text() != wanted:
        python = new_environment(ENV) / "python"
        run(python, "-m", "pip", "install", "-q", "-r", PINS, "-e", ROOT, cwd=ROOT)
        ready.write_text(wanted)
    (python,) = ENV.glob("*/python") or ENV.glob("*/python.exe")
    quiet = [word for kind in OLD for word in ("-W", f"ignore::{kind}")]
    fast = ["-q", "-n", "auto", "--dist", "loadfile", "-m", "not slow and not service", *quiet]
    # What Python has compiled, and what hypothesis has found, is that of the other versions.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    command = [str(python), "-m", "pytest", "-p", "no:cacheprovider", *fast, *words]
    return subprocess.run(command, cwd=ROOT, env=environment).returncode


def resolve(words: list[str]) -> int:
    """One dry run for each Python, with the project's own pins; 0 if all of them fit."""
    bad = [version for version in words or OTHER_PYTHONS if not _resolves(version)]
    return 1 if bad else 0


def _resolves(version: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed",
            "--only-binary=:all:", "--python-version", version, "--target", folder,
            "-c", str(ROOT / "constraints.txt"), *requirements(),
        ]  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    wrong = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    print(
        f"Python {version}: {'; '.join(wrong) if done.returncode else 'every pin fits'}", flush=True
    )
    return done.returncode == 0


def renew(words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        bounds = Path(folder) / "bounds.txt"
        bounds.write_text("\n".join(lowest_of(requirements())))
        python = new_environment(Path(folder) / "env") / "python"
        run(python, "-m", "pip", "install", "-q", "-c", bounds, ROOT, *TOOLS, cwd=ROOT)
        frozen = run(python, "-m", "pip", "freeze", "--exclude", "retention", cwd=ROOT)
    PINS.write_text(HEAD + frozen, encoding="utf-8")
    return 0


WHAT: dict[str, Callable[[list[str]], int]] = {
    "lowest": lowest,
    "resolve": resolve,
    "renew": renew,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
