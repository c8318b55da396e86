"""The fast tests, then every test of the files that were changed since the last commit: `dev.py check`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m")
NO_TESTS = 5  # pytest's exit status


def main(words: list[str]) -> int:
    status = subprocess.call([*PYTEST, "not slow and not service", *words], cwd=ROOT)
    changed = tests_of(changed_files())
    if not changed:
        return status
    found = subprocess.call([*PYTEST, "slow and not service", *changed], cwd=ROOT)
    return status if found == NO_TESTS else max(status, found)


def changed_files() -> list[Path]:
    """What is not committed, new files too; nothing where this is no checkout."""
    asked = ("git", "status", "--porcelain", "--no-renames", "-uall", "retention", "tests")
    told = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    return [Path(line[3:]) for line in told.splitlines()]


def tests_of(files: list[Path]) -> list[str]:
    """The test files among them, and those that mirror the others, where there are any."""
    tests = {
        file if file.parts[0] == "tests" else Path("tests", *file.parts[1:-1], f"test_{file.name}")
        for file in files
    }
    return sorted(str(each) for each in tests if each.match("test_*.py") and (ROOT / each).exists())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
