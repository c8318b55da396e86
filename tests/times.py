"""Which tests `dev.py check` leaves out: `dev.py times` runs all and writes slow_tests.txt anew.

A test counts with all its parameters, so that what is left fits into the minute that `check` may take.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
SLOW_TESTS = ROOT / "tests" / "slow_tests.txt"
SECONDS = 0.3
HEAD = f"# Tests that take more than {SECONDS} s with all their parameters. Made by: dev.py times\n"
# What is marked by hand is left out of `check` anyway.
PYTEST = (
    "-m",
    "pytest",
    "-q",
    "-n",
    "auto",
    "--dist",
    "loadfile",
    "-m",
    "not slow and not service",
)


def main(words: list[str]) -> int:
    SLOW_TESTS.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "times.xml"
        made = (f"--junitxml={report}", "-o", "junit_family=xunit1")
        status = subprocess.run([sys.executable, *PYTEST, *made, *words], cwd=ROOT).returncode
        slow = sorted(name for name, seconds in times(report).items() if seconds > SECONDS)
    SLOW_TESTS.write_text(HEAD + "".join(f"{name}\n" for name in slow), encoding="utf-8")
    return status


def times(report: Path) -> Counter[str]:
    """Seconds of each test, with all its parameters."""
    total: Counter[str] = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        name = str(case.get("name")).partition("[")[0]
        total[f"{case.get('file')}::{name}"] += float(case.get("time", 0))
    return total


def slow_tests() -> Iterator[str]:
    """Files and names, without parameters; none where nobody has measured."""
    if SLOW_TESTS.exists():
        lines = SLOW_TESTS.read_text(encoding="utf-8").splitlines()
        yield from (line for line in lines if not line.startswith("#"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
